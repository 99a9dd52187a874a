package io.faultline.scenario.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Shrinks the first failure of each signature that a search has found, several at once.
///
/// @param threads how many at once
/// @param budget for how long; each signature has an equal share of what is left
/// @param interrupted whether to end with what there is
public record Shrinks(int threads, Duration budget, BooleanSupplier interrupted) {

    /// The report with what the failures in it were shrunk to. Those for which no time was left are
    /// not shrunk.
    public SearchReport of(SearchReport report) {
        var failures = report.firstFailures();
        long end = System.nanoTime() + budget.toNanos();
        var left = new AtomicInteger(failures.size());
        var shrunk = new TreeMap<String, Future<Optional<Shrink.Shrunk>>>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            failures.forEach((signature, seed) ->
                    shrunk.put(signature, pool.submit(() -> shrink(report, seed, end, left))));
        }
        var all = new TreeMap<String, ShrinkReport>();
        shrunk.forEach((signature, one) ->
                result(one).ifPresent(s -> all.put(signature, new ShrinkReport(s))));
        return new SearchReport(
                report.plan(), report.summary(), report.ending(), report.version(), all);
    }

    private Optional<Shrink.Shrunk> shrink(
            SearchReport report, long seed, long end, AtomicInteger left) {
        long begin = System.nanoTime();
        long share = (end - begin) / Math.ceilDiv(left.getAndDecrement(), threads);
        return share <= 0 || interrupted.getAsBoolean()
                ? Optional.empty()
                : Shrink.of(
                        report.plan().scenario().withSeed(seed),
                        () -> interrupted.getAsBoolean() || System.nanoTime() - begin >= share);
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("shrinking broke down", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Writes all that was shrunk into the folder of the search.
    public static void write(SearchReport report, Path folder) throws IOException {
        for (Map.Entry<String, ShrinkReport> shrunk : report.shrunk().entrySet()) {
            long seed = report.summary().groups().get(shrunk.getKey()).seed();
            shrunk.getValue().write(folder.resolve(SearchReport.folder(seed)));
        }
    }

    /// Deletes what an earlier search has shrunk, and nothing else that may be there.
    static void delete(Path folder) throws IOException {
        var all = folder.resolve(SearchReport.SHRUNK);
        for (var one : in(all, "seed-*")) {
            for (var file : in(one, "{shrunk.yaml,shrunk.txt,*Test.java}")) {
                Files.delete(file);
            }
            if (Files.isDirectory(one) && in(one, "*").isEmpty()) {
                Files.delete(one);
            }
        }
    }

    private static List<Path> in(Path folder, String names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var found = Files.newDirectoryStream(folder, names)) {
            var list = new ArrayList<Path>();
            found.forEach(list::add);
            return list;
        }
    }
}
