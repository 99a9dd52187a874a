package io.faultline.model.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.kernel.SimulationException;
import io.faultline.model.Settings;
import io.faultline.model.TestRun;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.detector.StatusListener;
import io.faultline.model.detector.SuspicionPolicy;
import io.faultline.model.detector.Suspicions.Change;
import io.faultline.model.observation.Observed.ListenerFailed;
import io.faultline.model.observation.Observed.PhaseEntered;
import io.faultline.model.observation.Observed.StatusChanged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// What is promised to whoever subscribes to changes. P1 fails at 0 and is healthy at 225.
class SubscribersTest {

    private static final List<String> PHASES =
            List.of("DETECTING", "REDISTRIBUTING", "REBALANCING", "VALIDATING", "COMPLETE");

    private static final ChangeListener BROKEN =
            new ChangeListener() {
                @Override
                public void statusChanged(StatusChanged change) {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void phaseEntered(PhaseEntered entered) {
                    throw new IllegalStateException("broken");
                }
            };

    /// Writes down what it is told.
    private static final class Diary implements ChangeListener {
        final List<String> statuses = new ArrayList<>();
        final List<String> phases = new ArrayList<>();

        @Override
        public void statusChanged(StatusChanged change) {
            statuses.add(change.from() + ">" + change.to());
        }

        @Override
        public void phaseEntered(PhaseEntered entered) {
            phases.add(entered.phase().name());
        }
    }

    private static TestRun run() {
        return new TestRun(
                        Settings.of(3)
                                .with(Settings.suspicion(SuspicionPolicy.COUNTING, Duration.ZERO)))
                .twoReports(0, 1);
    }

    private static List<Diary> diaries(TestRun run, int count) {
        var diaries = IntStream.range(0, count).mapToObj(_ -> new Diary()).toList();
        diaries.forEach(diary -> run.world().subscribe(diary));
        return diaries;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void allSubscribersSeeTheSameChangesInTheSameOrder(int count) {
        var run = run();
        var diaries = diaries(run, count);
        run.until(1000);
        for (var diary : diaries) {
            assertThat(diary.phases).isEqualTo(PHASES);
            assertThat(diary.statuses)
                    .containsExactly("HEALTHY>SUSPECTED", "SUSPECTED>FAILED", "FAILED>HEALTHY");
        }
    }

    @Test
    void subscribersThatThrowChangeNothingForTheOthersNorForTheRun() {
        var run = run();
        var before = diaries(run, 3);
        Collections.nCopies(5, BROKEN).forEach(run.world()::subscribe);
        var after = diaries(run, 2);
        run.until(1000);
        for (var diary : before) {
            assertThat(diary.phases).isEqualTo(PHASES);
        }
        for (var diary : after) {
            assertThat(diary.phases).isEqualTo(PHASES);
        }
        assertThat(run.lines(o -> !(o instanceof ListenerFailed)))
                .isEqualTo(run().until(1000).lines(_ -> true));
        assertThat(run.count(ListenerFailed.class)).isEqualTo(5 * (PHASES.size() + 3));
        assertThat(run.brief(ListenerFailed.class))
                .startsWith("0 ListenerFailed 3 java.lang.IllegalStateException");
    }

    @Test
    void whoeverIsUnsubscribedIsToldNothingMore() {
        var run = run();
        var diary = new Diary();
        var unsubscribe = run.world().subscribe(diary);
        run.until(100);
        unsubscribe.run();
        run.until(1000);
        assertThat(diary.phases).containsExactly("DETECTING", "REDISTRIBUTING");
        unsubscribe.run();
    }

    @Test
    void whoeverIsUnsubscribedBeforeHisTurnIsNotTold() {
        var run = run();
        var unsubscribe = new ArrayList<Runnable>();
        run.world()
                .subscribe(
                        new ChangeListener() {
                            @Override
                            public void phaseEntered(PhaseEntered entered) {
                                unsubscribe.forEach(Runnable::run);
                            }
                        });
        var diary = new Diary();
        unsubscribe.add(run.world().subscribe(diary));
        run.until(1000);
        assertThat(diary.phases).isEmpty();
        assertThat(diary.statuses).hasSize(2);
    }

    @Test
    void listenersAreToldInTheOrderOfSubscription() {
        var run = run();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            run.world()
                    .subscribe(
                            new ChangeListener() {
                                @Override
                                public void phaseEntered(PhaseEntered entered) {
                                    order.add(number);
                                }
                            });
        }
        run.until(10);
        assertThat(order).containsExactly(0, 1, 2);
    }

    /// Those who belong to the model are not isolated: their exceptions are bugs.
    @Test
    void anActorThatThrowsStopsTheRun() {
        var run = run();
        run.world()
                .coordinator()
                .subscribe(
                        new StatusListener() {
                            @Override
                            public void statusChanged(Change change) {
                                throw new IllegalStateException("bug");
                            }

                            @Override
                            public void doubt(PartitionId partition) {}
                        });
        assertThatThrownBy(() -> run.until(1000)).isInstanceOf(SimulationException.class);
    }
}
