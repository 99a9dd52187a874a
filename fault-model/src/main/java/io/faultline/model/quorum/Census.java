package io.faultline.model.quorum;

import io.faultline.model.Setting;

/// Who is counted when the coordinator asks whether there is a quorum.
public record Census(
        @Setting(
                        value = "what a suspected partition counts as until it is cleared or fails",
                        byDefault = "inactive")
                Suspected suspected,
        @Setting(value = "of how many partitions the active ones are a share", byDefault = "static")
                Denominator denominator) {

    /// What a suspected partition counts as.
    public enum Suspected {
        /// It is as good as lost, so that suspicion alone can cost the quorum.
        INACTIVE,
        /// It counts until it has failed.
        ACTIVE
    }

    /// Of how many partitions there must be a quorum.
    public enum Denominator {
        /// Of all that were configured.
        STATIC,
        /// Of those in the view: a partition that fails leaves it, so that every group of a split
        /// network ends up as a quorum of itself.
        VIEW
    }

    /// How many partitions are active.
    public int active(int healthy, int suspectedPartitions) {
        return suspected == Suspected.ACTIVE ? healthy + suspectedPartitions : healthy;
    }

    /// How many there are in all.
    public int total(int partitions, int failed) {
        return denominator == Denominator.VIEW ? partitions - failed : partitions;
    }
}
