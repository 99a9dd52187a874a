/// Numbers from traces: a [Metric] folds a run into a [Measurement], and a measurement answers for
/// a [Statistic]. Latencies count from the true beginning of a fault, which actors do not know.
package io.faultline.report.metric;
