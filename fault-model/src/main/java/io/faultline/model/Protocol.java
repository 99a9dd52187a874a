package io.faultline.model;

import io.faultline.model.balancer.BalancerSettings;
import io.faultline.model.barrier.BarrierSettings;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.dependency.DependencySettings;
import io.faultline.model.detector.FailureDetector;
import io.faultline.model.detector.SuspicionSettings;
import io.faultline.model.ghost.GhostSettings;
import io.faultline.model.monitor.MonitorSettings;
import io.faultline.model.quorum.Census;
import io.faultline.model.quorum.Quorum;
import io.faultline.model.recovery.RecoverySettings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the system does about failures. Parts that are left out do not run.
public record Protocol(
        @Setting("heartbeats and who listens to them; if left out, there are none")
                Optional<FailureDetector> detector,
        @Setting(value = "when reports become suspicion and failure", byDefault = "{}")
                SuspicionSettings suspicion,
        @Setting("the barrier of the partitions; if left out, there are no rounds")
                Optional<BarrierSettings> barrier,
        @Setting(value = "how many partitions must be healthy", byDefault = "strict-majority")
                Quorum quorum,
        @Setting(value = "who is counted for the quorum", byDefault = "{}") Census census,
        @Setting(value = "how failed partitions are recovered", byDefault = "{}")
                RecoverySettings recovery,
        @Setting("the synchronisation of ghosts; if left out, there are none")
                Optional<GhostSettings> ghosts,
        @Setting("who levels the load between recoveries; if left out, nobody does")
                Optional<BalancerSettings> balancer,
        @Setting("who watches the health of the system and raises alerts; if left out, nobody")
                Optional<MonitorSettings> monitor,
        @Setting("who depends on whom, and joins again after it; if left out, nobody")
                Optional<DependencySettings> dependencies,
        @Setting(
                        "who else judges failures and quorum, each for himself and without"
                                + " recovering anybody, and on which node each of them is")
                Map<String, NodeId> handlers,
        @Setting("actors of your own, by name; where they live is for their classes to say")
                Map<String, OwnActor> actors) {

    public Protocol {
        checkNames("handlers", handlers.keySet());
        checkNames("actors", actors.keySet());
    }

    private static void checkNames(String whose, Set<String> names) {
        for (var name : names) {
            if (!name.matches("[A-Z][A-Za-z0-9-]*") || name.matches("P[0-9]+")) {
                throw new IllegalArgumentException(
                        whose
                                + " have names that begin with a capital letter and are not those"
                                + " of partitions, but there was '"
                                + name
                                + "'");
            }
        }
    }
}
