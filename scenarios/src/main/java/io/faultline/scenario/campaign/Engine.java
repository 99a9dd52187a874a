package io.faultline.scenario.campaign;

import java.util.Iterator;
import java.util.function.Consumer;

/// Where the runs of campaigns take place. Whatever is done with runs, this is all that it knows of
/// where they are made.
public interface Engine {

    /// Makes runs until there are no more tasks.
    ///
    /// @param tasks may be endless; asked by one thread at a time, and for no more than can be
    ///   begun at once, so that whoever gives them out can end them at any time
    /// @param records is given what was made of each task, in any order, by one thread at a time
    void run(Iterator<Task> tasks, Consumer<RunRecord> records);

    /// Gives up what is being run, without a record of it, and takes no more tasks. May be called
    /// from any thread.
    void interrupt();
}
