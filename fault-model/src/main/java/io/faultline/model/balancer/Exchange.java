package io.faultline.model.balancer;

/// Who gives entities to whom in a round of balancing.
public enum Exchange {
    /// The heaviest gives to the lightest, the next heaviest to the next lightest, and so on.
    HEAVIEST_TO_LIGHTEST,
    /// In round k, from 0, every partition levels with the one whose rank differs in bit k. After
    /// ⌈log₂ P⌉ rounds it has exchanged with all, directly or not.
    BUTTERFLY
}
