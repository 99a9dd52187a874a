package io.faultline.scenario.campaign;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Simulation;
import io.faultline.scenario.Judge;
import io.faultline.scenario.OwnCode;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.ScenarioParser;
import io.faultline.scenario.Source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes runs in this program, one on each of its threads at a time.
public final class LocalEngine implements Engine {

    private final int threads;
    private final Map<List<String>, ClassLoader> loaders = new ConcurrentHashMap<>();
    private final Map<Source, Scenario> scenarios = new ConcurrentHashMap<>();
    private final Set<Simulation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;

    /// @param threads how many runs are made at once
    public LocalEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("an engine needs a thread, but has " + threads);
        }
        this.threads = threads;
    }

    @Override
    public void run(Iterator<Task> tasks, Consumer<RunRecord> records) {
        var work = new Work(tasks, records);
        var workers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = Thread.ofPlatform().name("runs-" + i).start(() -> work(work));
        }
        for (var worker : workers) {
            join(worker);
        }
        if (work.failure != null) {
            throw work.failure;
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
        running.forEach(Simulation::interrupt);
    }

    private void work(Work work) {
        try {
            for (var task = work.next(); task.isPresent(); task = work.next()) {
                make(task.get()).ifPresent(work::done);
            }
        } catch (RuntimeException | Error e) {
            work.fail(e);
        }
    }

    /// Makes one run, twice if that is asked for; nothing if the engine was interrupted meanwhile.
    private Optional<RunRecord> make(Task task) {
        var first = make(task, Agenda.LADDER);
        if (!task.twice()) {
            return first;
        }
        var second = new FutureTask<>(() -> make(task, Agenda.HEAP));
        join(Thread.ofPlatform().name("again").start(second));
        return first.flatMap(one -> result(second).map(one::comparedWith));
    }

    private Optional<RunRecord> make(Task task, Agenda agenda) {
        if (!task.classPath().equals(OwnCode.places())) {
            Thread.currentThread()
                    .setContextClassLoader(
                            loaders.computeIfAbsent(task.classPath(), LocalEngine::loader));
        }
        var scenario = scenarios.computeIfAbsent(source(task), LocalEngine::parse);
        var used = new Simulation[1];
        try {
            var run =
                    Run.of(
                            scenario.withSeed(task.seed()),
                            task.alteration(),
                            task.command(),
                            "",
                            agenda,
                            simulation -> {
                                used[0] = simulation;
                                running.add(simulation);
                                if (interrupted) {
                                    simulation.interrupt();
                                }
                            });
            return interrupted
                    ? Optional.empty()
                    : Optional.of(RunRecord.of(task, run, used[0].eventHash()));
        } catch (ScenarioException e) {
            throw e;
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            return Optional.of(RunRecord.brokenDown(task, e));
        } finally {
            if (used[0] != null) {
                running.remove(used[0]);
            }
        }
    }

    private static ClassLoader loader(List<String> classPath) {
        return OwnCode.loader(classPath.stream().map(Path::of).toList());
    }

    /// The same text may name classes of different places.
    private static Source source(Task task) {
        return new Source(
                Stream.concat(Stream.of("task"), task.classPath().stream())
                        .collect(Collectors.joining(" with ")),
                task.scenario());
    }

    private static Scenario parse(Source source) {
        return new ScenarioParser(Judge.VOCABULARY).parse(source, Map.of());
    }

    private static void join(Thread thread) {
        boolean called = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                called = true;
            }
        }
        if (called) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a second run broke down", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What the workers share.
    private final class Work {
        private final Iterator<Task> tasks;
        private final Consumer<RunRecord> records;
        private RuntimeException failure;

        Work(Iterator<Task> tasks, Consumer<RunRecord> records) {
            this.tasks = tasks;
            this.records = records;
        }

        synchronized Optional<Task> next() {
            return !interrupted && failure == null && tasks.hasNext()
                    ? Optional.of(tasks.next())
                    : Optional.empty();
        }

        void done(RunRecord record) {
            records.accept(record);
        }

        synchronized void fail(Throwable thrown) {
            if (failure == null) {
                failure =
                        thrown instanceof RuntimeException runtime
                                ? runtime
                                : new IllegalStateException("a worker broke down", thrown);
            }
        }
    }
}
