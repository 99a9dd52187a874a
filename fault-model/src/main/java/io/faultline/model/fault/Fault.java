package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Something that goes wrong. A kind is a record; its components are its parameters, and its class
/// name in kebab-case is its name in scenario files.
///
/// Faults that overlap compose, and each undoes only what it did itself.
public sealed interface Fault
        permits ClockDrift,
                ClockOscillation,
                ClockSkew,
                Crash,
                FailingRecovery,
                Flapping,
                MemoryPressure,
                MessageDelay,
                MessageLoss,
                NetworkSplit,
                Pause,
                Restart,
                SlowNode,
                ThreadStarvation {

    /// Makes it happen.
    ///
    /// @param effect to be told when the fault first changes anything
    /// @return what undoes it
    Runnable inject(World world, Effect effect);

    /// The partitions that it concerns, in order of rank. Asked before it is injected.
    ///
    /// @param effect that of the injection, which remembers who was chosen
    List<PartitionId> targets(World world, Effect effect);
}
