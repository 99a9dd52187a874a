package io.faultline.report.goal;

import io.faultline.kernel.SimTime;
import io.faultline.kernel.Trace;
import io.faultline.report.Throughput;

import java.util.Optional;

/// As many operations are completed in a second as before the first fault, but for a tenth and for
/// chance: a second is low if [Throughput] calls it so. One low second alone is taken for chance;
/// two in a row are not.
public record ThroughputRestored() implements Goal {

    @Override
    public String description() {
        return "as many operations are completed in a second as before the first fault, but for a"
                + " tenth and for chance";
    }

    @Override
    public Optional<Need> need() {
        return Optional.of(Need.WORKLOAD);
    }

    @Override
    public Reach reach(Trace trace, Aftermath aftermath) {
        var found = Throughput.of(trace, aftermath.end());
        if (found.isEmpty()) {
            return Reach.untold(
                    "nothing to compare with: four seconds before the first fault are needed, in"
                            + " which enough is done");
        }
        var throughput = found.get();
        var course = new Reach.Course(true);
        for (int i = throughput.before() + 1; i < throughput.seconds(); i++) {
            boolean down =
                    throughput.isLow(i) && (throughput.isLow(i - 1) || throughput.isLow(i + 1));
            course.now(SimTime.of(Throughput.WINDOW.multipliedBy(i)), !down);
        }
        return course.reach();
    }
}
