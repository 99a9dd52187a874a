# Makes quantiles.csv beside it: Rscript quantiles.R > quantiles.csv
us <- c(2^-53, 2^-30, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 2^-30)

rows <- function(kind, parameters, quantile) {
    for (u in us) cat(sprintf("%s,%s,%.17g,%.17g\n", kind, parameters, u, quantile(u)))
}

# Beyond the median from the upper tail, where R is the more exact.
inverse <- function(q, ...) function(u) if (u <= 0.5) q(u, ...) else q(1 - u, ..., lower.tail = FALSE)

log_normal <- function(p50, p99) {
    rows("LogNormal", paste(p50, p99),
        inverse(qlnorm, meanlog = log(p50), sdlog = log(p99 / p50) / qnorm(0.99)))
}
gamma <- function(shape, mean) {
    rows("Gamma", paste(shape, mean), inverse(qgamma, shape = shape, scale = mean / shape))
}
weibull <- function(shape, scale) {
    rows("Weibull", paste(shape, scale), inverse(qweibull, shape = shape, scale = scale))
}

cat("#", R.version.string, "quantiles.R: qunif, qexp, qlnorm, qgamma, qweibull, quantile(type = 1)\n")
cat("kind,parameters,u,quantile\n")
rows("Constant", "7.5", function(u) 7.5)
rows("Uniform", "-3 5", function(u) qunif(u, -3, 5))
rows("Exponential", "2", inverse(qexp, rate = 1 / 2))
log_normal(10, 80)
log_normal(3, 3.3)
gamma(0.01, 4)
gamma(0.5, 4)
gamma(1, 4)
gamma(2.5, 4)
gamma(30, 4)
gamma(1000, 4)
weibull(0.7, 20)
weibull(1.5, 20)
weibull(8, 20)
rows("Empirical", "5 1 4 1 3", function(u) quantile(c(5, 1, 4, 1, 3), u, type = 1, names = FALSE))
