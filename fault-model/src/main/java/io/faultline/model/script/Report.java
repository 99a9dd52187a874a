package io.faultline.model.script;

import io.faultline.kernel.entity.Kronos;
import io.faultline.model.Setting;
import io.faultline.model.Turn;
import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;
import io.faultline.model.observation.Observed.ReportKind;

import java.util.List;

/// Somebody reports that partitions failed to do their part.
public record Report(
        @Setting("who is reported") List<PartitionId> partitions,
        @Setting(value = "what they failed at", byDefault = "barrier-timeout") ReportKind kind,
        @Setting(value = "how many such reports come in", byDefault = "1") int times)
        implements Action {

    public Report {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("report needs partitions");
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, but was " + times);
        }
    }

    @Override
    public void perform(World world) {
        for (var partition : partitions) {
            for (int i = 0; i < times; i++) {
                Kronos.after(
                        0,
                        Turn.FAULT.of(partition),
                        () -> world.coordinator().report(partition, kind));
            }
        }
    }
}
