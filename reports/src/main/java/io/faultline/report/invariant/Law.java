package io.faultline.report.invariant;

/// What holds in every run, whatever goes wrong in it and whatever the protocol is told to do: if
/// it does not, the model has a defect.
public sealed interface Law extends Invariant
        permits TimeMonotone,
                EpochsMonotone,
                LegalStatusTransitions,
                FailedLeavesByRecovery,
                OneRecoveryAtATime,
                MaxConcurrentRecoveries,
                ReservationsAccounted,
                NoLockWithoutQuorum,
                QuorumJudgedRight,
                PhasesInOrder,
                CompleteMeansHealthy,
                AttemptsBounded,
                FailedAttemptsFollowedUp,
                QueueWithoutDuplicates,
                QueueConserved,
                PausesResumed,
                RecoveryWithinPause,
                NoOperationWhilePaused,
                EntitiesConserved,
                BarrierWaitsForAll {}
