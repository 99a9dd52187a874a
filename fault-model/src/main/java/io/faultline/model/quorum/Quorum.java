package io.faultline.model.quorum;

/// How many partitions must be active for the system to act.
public enum Quorum {
    /// More than half of all partitions.
    STRICT_MAJORITY {
        @Override
        public boolean holds(int active, int total) {
            return active > total / 2;
        }
    };

    /// Whether `active` partitions of `total` are a quorum.
    public abstract boolean holds(int active, int total);
}
