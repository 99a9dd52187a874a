package io.faultline.scenario.explain;

import io.faultline.kernel.Agenda;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Trace;
import io.faultline.report.diagnosis.Service;
import io.faultline.scenario.Alteration;
import io.faultline.scenario.Run;
import io.faultline.scenario.Scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes a run again and again with something altered, several at once, each alteration once.
///
/// These runs are made in this program, and not where those of campaigns are made, because they are
/// compared with each other observation by observation.
public final class Trials {

    private final Scenario scenario;
    private final Subject subject;
    private final int jobs;
    private final Map<Alteration, Trial> made = new HashMap<>(); // looked up, never iterated
    private final AtomicInteger runs = new AtomicInteger();
    private volatile boolean interrupted;

    /// What is kept of an altered run.
    ///
    /// @param failures who was declared failed in it
    /// @param losses who lost service in it
    /// @param same whether it ended as the run that is to be explained did
    /// @param alignment how far it goes along with that run, if one fault was left out
    record Trial(
            List<Failure> failures,
            List<Service.Loss> losses,
            boolean same,
            List<Alignment> alignment) {}

    /// @param jobs how many runs are made at once
    public Trials(Scenario scenario, Subject subject, int jobs) {
        this.scenario = scenario;
        this.subject = subject;
        this.jobs = jobs;
    }

    /// For how long a partition may serve nobody.
    Duration slo() {
        return scenario.expect().slo();
    }

    /// How many runs were made so far.
    public int runs() {
        return runs.get();
    }

    /// Makes no more runs: what is said from now on is of no value.
    public void interrupt() {
        interrupted = true;
    }

    /// Whether that was done.
    public boolean isInterrupted() {
        return interrupted;
    }

    /// The altered runs, in the order of the alterations.
    ///
    /// @param original the run that they are compared with
    List<Trial> make(List<Alteration> alterations, Original original) {
        var wanted =
                alterations.stream()
                        .distinct()
                        .filter(alteration -> !made.containsKey(alteration))
                        .toList();
        var trials = new ArrayList<Callable<Trial>>();
        wanted.forEach(alteration -> trials.add(() -> make(alteration, original)));
        try (var threads = Executors.newFixedThreadPool(jobs)) {
            var futures = threads.invokeAll(trials);
            for (int i = 0; i < wanted.size(); i++) {
                made.put(wanted.get(i), futures.get(i).get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("an altered run broke down", e.getCause());
        }
        return alterations.stream().map(made::get).toList();
    }

    private Trial make(Alteration alteration, Original original) {
        if (interrupted) {
            return new Trial(List.of(), List.of(), false, List.of());
        }
        runs.incrementAndGet();
        var again = Original.of(scenario, alteration);
        var trace = again.trace();
        var left = alteration.without();
        boolean oneFault =
                left.size() == 1
                        && alteration.unscripted().isEmpty()
                        && alteration.prevented().isEmpty();
        return new Trial(
                Failure.in(trace),
                again.service(slo()).losses(),
                subject.isIn(again.run().result()),
                oneFault
                        ? List.of(
                                Alignment.of(
                                        left.first(),
                                        original.trace(),
                                        original.drawn(),
                                        trace,
                                        again.drawn()))
                        : List.of());
    }

    /// A run with all that comparisons need.
    ///
    /// @param drawn how many draws each random stream gave
    public record Original(Run run, SortedMap<String, Long> drawn) {

        /// Makes it.
        public static Original of(Scenario scenario, Alteration alteration) {
            var used = new Simulation[1];
            var run =
                    Run.of(
                            scenario,
                            alteration,
                            "",
                            "",
                            Agenda.LADDER,
                            simulation -> used[0] = simulation);
            return new Original(run, used[0].drawn());
        }

        Trace trace() {
            return run.result().trace();
        }

        /// When partitions served nobody in it.
        Service service(Duration slo) {
            return Service.of(trace(), slo, run.result().outcome().clock());
        }
    }
}
