package io.faultline.model.fault;

import io.faultline.model.Probability;
import io.faultline.model.Setting;
import io.faultline.model.cluster.NodeId;
import io.faultline.model.network.MessageKind;
import java.util.List;

/// Messages are lost on their way (an omission fault).
public record MessageLoss(
        @Setting(value = "the share of messages that are lost", byDefault = "100%")
                Probability chance,
        @Setting("the kinds of messages concerned; every kind if left out")
                List<MessageKind> messages,
        @Setting("the nodes that sent them; any if left out") List<NodeId> from,
        @Setting("the nodes that they are sent to; any if left out") List<NodeId> to)
        implements Fault {}
