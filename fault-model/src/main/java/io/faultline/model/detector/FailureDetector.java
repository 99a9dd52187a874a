package io.faultline.model.detector;

import java.time.Duration;

/// How silence is turned into suspicion.
public sealed interface FailureDetector permits HeartbeatTimeout {

    /// The period at which every partition sends heartbeats.
    Duration heartbeat();
}
