package io.faultline.report.goal;

import io.faultline.kernel.Trace;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.cluster.PartitionStatus;
import io.faultline.model.observation.Observed.RoundBroken;
import io.faultline.model.observation.Observed.RoundCompleted;
import io.faultline.model.observation.Observed.RoundOpened;
import io.faultline.model.observation.Observed.RoundWentOn;
import io.faultline.model.observation.Observed.StatusChanged;

import java.util.Optional;
import java.util.TreeSet;

/// A round of the barrier that opened when the last fault was over is complete, with every
/// partition, and since then none has broken, or ended without one of them: a round does not expect
/// whom it takes to be failed, and may go on without whom it misses.
public record RoundsComplete() implements Goal {

    @Override
    public String description() {
        return "a round that opened when the last fault was over is complete with every partition,"
                + " and none since then broke or ended without one";
    }

    @Override
    public Optional<Need> need() {
        return Optional.of(Need.BARRIER);
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        if (trace.all(RoundOpened.class).findAny().isEmpty()) {
            return Reach.untold("no round ever opened");
        }
        var rounds = new Rounds(aftermath);
        return Reach.atEachInstant(trace, rounds::see, () -> rounds.complete);
    }

    private static final class Rounds {
        private final TreeSet<PartitionId> failed = new TreeSet<>();
        private final Aftermath aftermath;
        private boolean counts;
        private boolean expectsAll;
        private boolean complete;

        Rounds(Aftermath aftermath) {
            this.aftermath = aftermath;
        }

        void see(Trace.Entry entry) {
            switch (entry.what()) {
                case StatusChanged(var partition, _, var to, _)
                        when to == PartitionStatus.FAILED -> {
                    if (aftermath.core().contains(partition)) {
                        failed.add(partition);
                        expectsAll = false;
                    }
                }
                case StatusChanged changed -> failed.remove(changed.partition());
                case RoundOpened _ -> {
                    counts = !entry.time().isBefore(aftermath.healed());
                    expectsAll = failed.isEmpty();
                }
                case RoundCompleted _ -> end(true);
                case RoundWentOn(_, var missing) ->
                        end(missing.stream().noneMatch(aftermath.core()::contains));
                case RoundBroken _ -> end(false);
                default -> {}
            }
        }

        private void end(boolean well) {
            if (counts) {
                complete = well && expectsAll;
            }
        }
    }
}
