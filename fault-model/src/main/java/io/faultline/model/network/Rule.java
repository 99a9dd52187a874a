package io.faultline.model.network;

/// Something that interferes with messages while it is installed.
@FunctionalInterface
public interface Rule {

    /// What happens to a message that is being sent. Draws whatever it draws for every message that
    /// it concerns, whether or not another rule loses it.
    Verdict judge(Envelope envelope);
}
