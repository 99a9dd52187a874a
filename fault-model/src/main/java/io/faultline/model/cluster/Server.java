package io.faultline.model.cluster;

import io.faultline.kernel.Timer;
import io.faultline.kernel.entity.Kronos;

import java.util.ArrayList;
import java.util.List;

/// What does the work of a node, as fast as ever, more slowly, or not at all: its processor, or
/// what sends its data.
///
/// Work is counted in nanoseconds of a server that is as fast as ever. Whenever it becomes faster
/// or slower, stops or goes on, all work that is not done yet is done that much sooner or later.
final class Server {

    private static final int FEW = 8;

    private final List<Job> jobs = new ArrayList<>();

    private long since;
    private long done;
    private double slowness = 1;
    private boolean stopped;
    private long busyUntil;
    private int enough = FEW;

    /// A piece of work that is to be done.
    ///
    /// @param due how much the server could have done in all when this is done
    private record Job(Timer timer, long due) {}

    /// Takes a piece of work into the queue.
    ///
    /// @param nanos how long it takes once its turn has come
    /// @param call posts exactly one event, for when it is done
    Timer enqueue(long nanos, int priority, Runnable call) {
        enqueue(nanos);
        return schedule(busyUntil, priority, call);
    }

    /// Takes a piece of work into the queue that nobody waits for.
    void enqueue(long nanos) {
        busyUntil = Math.max(busyUntil, done()) + nanos;
    }

    /// Takes a piece of work that is done beside all others and delays none.
    Timer beside(long nanos, int priority, Runnable call) {
        return schedule(done() + nanos, priority, call);
    }

    private Timer schedule(long due, int priority, Runnable call) {
        var timer = Kronos.timer(until(due), priority, call);
        if (jobs.size() == enough) {
            purge();
            enough = Math.max(FEW, 2 * jobs.size());
        }
        jobs.add(new Job(timer, due));
        return timer;
    }

    private void purge() {
        jobs.removeIf(job -> !job.timer.isPending());
    }

    /// Whether work waits in its queue or is in service.
    boolean hasQueue() {
        return busyUntil > done();
    }

    /// Whether there is work to do.
    boolean isBusy() {
        long now = done();
        return busyUntil > now
                || jobs.stream().anyMatch(job -> job.timer.isPending() && job.due > now);
    }

    /// How much it could have done until now.
    private long done() {
        return stopped ? done : done + worth(Kronos.currentTime() - since);
    }

    private long worth(long nanos) {
        return slowness == 1 ? nanos : (long) (nanos / slowness);
    }

    /// How long it is until it could have done so much, if it goes on as it does, or did before it
    /// stopped.
    private long until(long due) {
        long left = Math.max(0, due - done());
        return slowness == 1 ? left : (long) Math.ceil(left * slowness);
    }

    /// Everything takes so many times as long from now on as it would if the server were as fast as
    /// ever.
    void slow(double slowness) {
        go(slowness, stopped);
    }

    /// Nothing is done until it [#resume]s.
    void stop() {
        go(slowness, true);
    }

    /// Goes on with what is not done yet.
    void resume() {
        go(slowness, false);
    }

    private void go(double slowness, boolean stopped) {
        done = done();
        since = Kronos.currentTime();
        this.slowness = slowness;
        this.stopped = stopped;
        purge();
        if (!stopped) {
            jobs.forEach(job -> job.timer.restart(until(job.due)));
        }
    }

    /// Forgets what it was to do, and what is in service. The calls for when it is done are made
    /// all the same.
    void forget() {
        busyUntil = 0;
        jobs.clear();
    }
}
