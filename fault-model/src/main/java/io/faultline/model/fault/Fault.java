package io.faultline.model.fault;

import io.faultline.model.World;
import io.faultline.model.cluster.PartitionId;

import java.util.List;

/// Something that goes wrong. A kind is a record; its components are its parameters, and its class
/// name in kebab-case is its name in scenario files.
///
/// Faults that overlap compose, and each undoes only what it did itself.
public sealed interface Fault
        permits Bridge,
                ClockDrift,
                ClockOscillation,
                ClockSkew,
                CloggedLink,
                Crash,
                FailingRecovery,
                FailureTrace,
                Flapping,
                GracefulStop,
                Isolation,
                MajoritiesRing,
                MemoryPressure,
                MessageCorruption,
                MessageDelay,
                MessageDuplication,
                MessageHold,
                MessageLoss,
                MessageReordering,
                NetworkSplit,
                OwnFault,
                PartialSplit,
                Pause,
                RegionSplit,
                Restart,
                SlowNode,
                Swizzle,
                ThreadStarvation,
                Wipe,
                ZoneSplit {

    /// Makes it happen.
    ///
    /// @param effect to be told when the fault first changes anything
    /// @return what undoes it
    Runnable inject(World world, Effect effect);

    /// The partitions that it concerns, in order of rank. Asked before it is injected.
    ///
    /// @param effect that of the injection, which remembers who was chosen
    List<PartitionId> targets(World world, Effect effect);

    /// The partitions that it takes out: they are of no use while it is in force, since it stops
    /// their nodes or cuts them off from the coordinator. By this the budget of a run decides
    /// whether it may strike, so it is asked before it is injected. Whoever only makes partitions
    /// slow or hard to reach takes none out.
    ///
    /// A fault that takes others out in the course of time says none, and asks [Effect#mayTakeOut]
    /// each time.
    ///
    /// @param effect that of the injection, which remembers who was chosen
    default List<PartitionId> takesOut(World world, Effect effect) {
        return List.of();
    }

    /// What may still hold up the system when it is over, beside what it did to nodes.
    default Aftermath aftermath() {
        return Aftermath.NONE;
    }
}
