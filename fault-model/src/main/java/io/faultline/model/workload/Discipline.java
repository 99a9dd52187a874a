package io.faultline.model.workload;

/// How a node serves the operations of clients.
public enum Discipline {
    /// One after another, in the queue of all its work.
    QUEUE,
    /// All side by side, as if each had a processor of its own. They delay nothing else.
    CONCURRENT
}
