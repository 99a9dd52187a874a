package io.faultline.model.quorum;

/// How many partitions must be active for the system to act.
///
/// Systems disagree about this more than they know; each formula has its name here, so that they
/// can be compared.
public sealed interface Quorum
        permits StrictMajority,
                HalfOrMore,
                LegacyHalf,
                Fixed,
                Bft067,
                Bft2f1,
                TolerancePlusOne,
                Ungated {

    /// The least number of active partitions that is a quorum.
    ///
    /// @param total all partitions, at least 1
    int needed(int total);

    /// Whether `active` partitions of `total` are a quorum.
    default boolean holds(int active, int total) {
        return active >= needed(total);
    }
}
