package io.faultline.model.barrier;

/// What becomes of a round when the time for it is over and somebody is missing.
public enum OnDeadline {
    /// It breaks: whoever is missing is reported, and joins the next round when it comes.
    BREAK,
    /// It goes on with those who are there: nobody is reported, and whoever comes late need not
    /// wait until it has caught up.
    PROCEED
}
