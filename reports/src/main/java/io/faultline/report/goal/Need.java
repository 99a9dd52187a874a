package io.faultline.report.goal;

/// What a scenario must have for a goal to mean anything.
public enum Need {
    HANDLERS("two handlers at least, whose views could differ", "protocol.handlers"),
    BARRIER("a barrier whose rounds could complete", "protocol.barrier"),
    WORKLOAD("operations that could be completed", "workload");

    private final String what;
    private final String where;

    Need(String what, String where) {
        this.what = what;
        this.where = where;
    }

    /// As in `operations that could be completed, in workload`.
    @Override
    public String toString() {
        return what + ", in " + where;
    }
}
