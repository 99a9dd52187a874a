package io.faultline.kernel.entity;

import io.faultline.kernel.Hold;
import io.faultline.kernel.Observation;
import io.faultline.kernel.Simulation;
import io.faultline.kernel.Timer;
import io.faultline.kernel.Trace;
import io.faultline.kernel.random.RandomStream;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// Virtual time, as an event sees it.
///
/// Every running event has a *local clock*. It starts at the time of the event, and [#sleep] moves
/// it without giving way: the code that follows runs now, but what it posts is posted later. So the
/// loop of an actor reads
///
/// ```java
/// public void coordinationTick() {
///     …
///     Kronos.sleep(POLL_NS);
///     this.coordinationTick();
/// }
/// ```
///
/// A posted event has the priority of the event that posted it, unless it says otherwise. Times are
/// in nanoseconds. Outside a run each method fails with a sentence that says so.
public final class Kronos {

    private Kronos() {}

    /// The local clock of the running event, in nanoseconds.
    public static long currentTime() {
        return Simulation.current("Kronos.currentTime").localClock();
    }

    /// Moves the local clock; does not give way to other events.
    ///
    /// @param nanos how far; zero or more
    public static void sleep(long nanos) {
        Simulation.current("Kronos.sleep").sleep(nanos);
    }

    /// Suspends the running event for a time; other events run meanwhile.
    ///
    /// @param nanos how long; zero or more
    public static void blockingSleep(long nanos) {
        Simulation.current("Kronos.blockingSleep").blockingSleep(nanos);
    }

    /// Makes calls that are posted at a delay, without moving the local clock for the rest of the
    /// event. The code in `calls` runs at once; the events that it posts run later.
    ///
    /// @param nanos how much later than the local clock; zero or more
    public static void after(long nanos, Runnable calls) {
        var simulation = Simulation.current("Kronos.after");
        simulation.after(nanos, simulation.priority(), calls);
    }

    /// As [#after(long, Runnable)], for another place among the events of the same instant.
    ///
    /// @param priority lower runs first; from 0 to [Simulation#LAST_PRIORITY]
    public static void after(long nanos, int priority, Runnable calls) {
        Simulation.current("Kronos.after").after(nanos, priority, calls);
    }

    /// Makes one call that is posted at a delay and can be cancelled until then.
    ///
    /// @param nanos how much later than the local clock; zero or more
    /// @param call code that calls exactly one event method
    public static Timer timer(long nanos, Runnable call) {
        var simulation = Simulation.current("Kronos.timer");
        return simulation.timer(nanos, simulation.priority(), call);
    }

    /// As [#timer(long, Runnable)], for another place among the events of the same instant.
    public static Timer timer(long nanos, int priority, Runnable call) {
        return Simulation.current("Kronos.timer").timer(nanos, priority, call);
    }

    /// Makes one call that is posted after `nanos` and then once in every `period`, until it is
    /// cancelled.
    public static Timer every(long nanos, long period, Runnable call) {
        var simulation = Simulation.current("Kronos.every");
        return simulation.every(nanos, period, simulation.priority(), call);
    }

    /// Has the events of some entities wait from now on, until the result is released.
    ///
    /// @param whose asked for the entity of every event whose turn comes
    public static Hold hold(Predicate<Object> whose) {
        return Simulation.current("Kronos.hold").hold(whose);
    }

    /// The random stream of one purpose, such as `network.delay/n1->n2`: independent of every other
    /// name, and the same stream whenever it is asked for.
    public static RandomStream random(String name) {
        return Simulation.current("Kronos.random").random(name);
    }

    /// Writes an observation into the trace, at the local clock, in the name of the running entity.
    public static void observe(Observation what) {
        Simulation.current("Kronos.observe").observe(what);
    }

    /// Has everything that is observed from now on shown to a listener at once, in the event that
    /// observes it.
    public static void onObservation(Consumer<Trace.Entry> listener) {
        Simulation.current("Kronos.onObservation").listen(listener);
    }

    /// Ends the run when the running event is over.
    public static void stop() {
        Simulation.current("Kronos.stop").stop();
    }
}
