package io.faultline.kernel;

import io.faultline.kernel.Outcome.Ending;
import io.faultline.kernel.random.RandomStream;
import io.faultline.kernel.random.RandomStreams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One run: a virtual clock, the events to come, random streams, and the trace of what was
/// observed.
///
/// ```java
/// var simulation = new Simulation(42);
/// simulation.within(() -> new Heart().beat());
/// simulation.runUntil(SimTime.of(Duration.ofMinutes(1)));
/// System.out.println(simulation.fingerprint());
/// ```
///
/// Events run one at a time, in the order (time, priority, sequence), where the sequence is the
/// order of posting; lower priorities run first. Virtual time is a long of nanoseconds and never
/// goes back. A simulation is used by one thread at a time and shares nothing with another, so any
/// number of them can run in one JVM.
public final class Simulation {

    /// The highest priority number, and so the last to run at an instant.
    public static final int LAST_PRIORITY = (1 << 23) - 1;

    /// The end of virtual time, after 292 years. What is due then or later is never run.
    private static final long NEVER = Long.MAX_VALUE - 1;

    private static final int SEQUENCE_BITS = 40;
    static final long PRIORITY_MASK = -1L << SEQUENCE_BITS;
    static final long SEQUENCE_MASK = ~PRIORITY_MASK;
    private static final int PROGRESS_PERIOD = 1 << 12;
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    private static final ThreadLocal<Simulation> CURRENT = new ThreadLocal<>();

    private static final ClassValue<Boolean> NAMES_ITSELF =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    try {
                        return type.getMethod("toString").getDeclaringClass() != Object.class;
                    } catch (NoSuchMethodException e) {
                        throw new AssertionError("every class has toString", e);
                    }
                }
            };

    private final Settings settings;
    private final RandomStreams streams;
    private final EventList events;
    private final Trace trace = new Trace();
    private final Fingerprint fingerprint = new Fingerprint();
    private final WovenCheck woven = new WovenCheck();
    private final SuspensionMechanism mechanism;
    private final Processes processes;

    private long clock;
    private long sequence;
    private long executed;
    private long eventHash;
    private long end;
    private long limit;
    private boolean stopped;
    private volatile boolean interrupted;
    private boolean running;

    /// The thread that runs this simulation or sets it up; null in between.
    private final AtomicReference<Thread> user = new AtomicReference<>();

    // What the running event posts and observes is stamped with these.
    private PostedEvent current;
    private long postingTime;
    private long postingPriority;
    private int cause = Trace.NO_CAUSE;
    private int postingAhead;
    private PostedEvent lastPosted;

    private final List<Consumer<Trace.Entry>> listeners = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Queue<PostedEvent> released = new ArrayDeque<>();

    private EventWatcher watcher;
    private volatile Progress progress = new Progress(SimTime.ZERO, 0, 0, 0);

    /// What a run depends on, and what bounds it.
    ///
    /// @param seed the source of all chance in the run
    /// @param eventBudget how many events may run; a run that would need more ends with
    ///   [Ending#BUDGET]
    /// @param replay the command that repeats this run, quoted when it breaks down
    /// @param agenda where the events to come are kept, which changes nothing but the speed
    public record Settings(long seed, long eventBudget, String replay, Agenda agenda) {
        public Settings {
            if (eventBudget <= 0) {
                throw new IllegalArgumentException(
                        "the event budget must be positive, but was " + eventBudget);
            }
        }

        /// The fastest agenda.
        public Settings(long seed, long eventBudget, String replay) {
            this(seed, eventBudget, replay, Agenda.LADDER);
        }

        /// No bound on the number of events, and a reminder of the seed for a replay command.
        public static Settings of(long seed) {
            return new Settings(seed, Long.MAX_VALUE, "the same model and seed " + seed);
        }
    }

    public Simulation(long seed) {
        this(Settings.of(seed));
    }

    public Simulation(Settings settings) {
        this(settings, SuspensionMechanism.best());
    }

    Simulation(Settings settings, SuspensionMechanism mechanism) {
        this.settings = settings;
        this.events = settings.agenda().list();
        this.streams = new RandomStreams(settings.seed());
        this.mechanism = mechanism;
        this.processes = new Processes(this, mechanism);
    }

    /// The simulation that the calling thread works for.
    ///
    /// @param wanted what needs it, for people: a name, or the event that is to be posted
    /// @throws IllegalStateException outside a run, naming what was `wanted`
    public static Simulation current(Object wanted) {
        var simulation = CURRENT.get();
        if (simulation == null) {
            throw new IllegalStateException(
                    wanted
                            + " needs a run, and "
                            + describe(Thread.currentThread())
                            + " has none: call it from an event, or inside Simulation.within(…), on"
                            + " the thread that runs the simulation");
        }
        if ((simulation.sequence & simulation.sequence - 1) == 0) {
            simulation.woven.look();
        }
        return simulation;
    }

    /// Runs a piece of code now, outside the order of events: whatever it calls on entities is
    /// posted to this simulation at the present virtual time. This is how a model is set up, and
    /// how it is acted upon between two parts of a run.
    ///
    /// @throws IllegalStateException in an event of this simulation, and while another thread uses
    ///   it
    public void within(Runnable code) {
        var outer = enter();
        try {
            if (running) {
                throw new IllegalStateException(
                        "Simulation.within is for code outside the order of events, but "
                                + describe(current)
                                + " is an event: make the calls directly");
            }
            betweenEvents();
            code.run();
        } catch (StackOverflowError e) {
            if (WovenCheck.reason(e, code) instanceof RuntimeException notWoven) {
                throw notWoven;
            }
            throw e;
        } finally {
            leave(outer);
        }
    }

    /// What is posted and observed from now on is in nobody's name, at the present virtual time.
    private void betweenEvents() {
        current = null;
        postingTime = clock;
        postingPriority = 0;
        cause = Trace.NO_CAUSE;
    }

    /// Runs every event that is left. The clock ends at the last of them.
    public Outcome run() {
        return run(Long.MAX_VALUE);
    }

    /// Runs exactly the events whose time is not after `end`. The clock ends at `end`, unless the
    /// run was stopped or ran out of budget before.
    ///
    /// @throws SimulationException if an event throws
    public Outcome runUntil(SimTime end) {
        if (end.nanos() < clock) {
            throw new IllegalArgumentException(
                    "cannot run until " + end + ": it is already " + now());
        }
        var outcome = run(end.nanos());
        if (outcome.ending() == Ending.EXHAUSTED || outcome.ending() == Ending.END_TIME) {
            clock = end.nanos();
            betweenEvents();
        }
        return new Outcome(outcome.ending(), now(), executed);
    }

    /// Runs the next event only.
    ///
    /// @return whether there was one
    public boolean step() {
        var before = executed;
        run(Long.MAX_VALUE, executed + 1);
        return executed > before;
    }

    /// Runs events until a condition holds, which is asked before each of them.
    ///
    /// @return whether it holds now; if not, no event is left or the run was stopped
    public boolean runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!step()) {
                return false;
            }
        }
        return true;
    }

    private Outcome run(long end) {
        return run(end, settings.eventBudget());
    }

    private Outcome run(long end, long limit) {
        var outer = enter();
        try {
            if (running) {
                throw new IllegalStateException(
                        describe(current)
                                + " cannot run the simulation that it is an event of: post what is"
                                + " to happen, and it will");
            }
            running = true;
            stopped = false;
            this.end = Math.min(end, NEVER - 1);
            this.limit = limit;
            try {
                return new Outcome(processes.run(), now(), executed);
            } finally {
                running = false;
                betweenEvents();
                publish();
            }
        } finally {
            leave(outer);
        }
    }

    /// Takes out the event whose turn it is; null if there is a reason to end, see [#ending].
    PostedEvent next() {
        if (stopped || interrupted || executed >= limit) {
            return null;
        }
        return holds.isEmpty() && released.isEmpty() ? events.poll(end) : nextNotHeld();
    }

    private PostedEvent nextNotHeld() {
        while (true) {
            var event = released.isEmpty() ? events.poll(end) : released.remove();
            if (event == null) {
                return null;
            }
            if (!event.isCancelled()) {
                var hold = holds.stream().filter(h -> h.concerns(event)).findFirst();
                if (hold.isEmpty()) {
                    return event;
                }
                hold.get().keep(event);
            }
        }
    }

    /// Has the events of some entities wait from now on, until the result is released.
    ///
    /// @param whose asked for the entity of every event whose turn comes
    public Hold hold(Predicate<Object> whose) {
        var hold = new Hold(this, whose);
        holds.add(hold);
        return hold;
    }

    /// Lets events run, at this instant and before all others.
    void release(Hold hold, Collection<PostedEvent> waiting) {
        if (holds.remove(hold)) {
            for (var event : waiting) {
                event.time = clock;
                released.add(event);
            }
        }
    }

    /// Why there is no next event.
    Ending ending() {
        if (stopped) {
            return Ending.STOPPED;
        }
        if (interrupted) {
            return Ending.INTERRUPTED;
        }
        if (events.size() == 0 && released.isEmpty()) {
            return Ending.EXHAUSTED;
        }
        return executed >= settings.eventBudget() ? Ending.BUDGET : Ending.END_TIME;
    }

    /// Begins an event: whatever is posted and observed from now on is in its name.
    void start(PostedEvent event) {
        current = event;
        clock = event.time;
        postingTime = event.time;
        postingPriority = event.order & PRIORITY_MASK;
        cause = event.cause;
        event.cause = PostedEvent.DONE;
        executed++;
        eventHash = (Long.rotateLeft(eventHash, 5) ^ event.time) * HASH_FACTOR + event.order;
        if ((executed & PROGRESS_PERIOD - 1) == 0) {
            publish();
        }
        if (watcher != null) {
            watcher.starts(event);
        }
    }

    private void publish() {
        progress = new Progress(now(), executed, events.size(), processes.waiting());
    }

    /// Begins the rest of an event that was suspended.
    void resume(Suspension suspension) {
        start(suspension);
        current = suspension.waitingEvent();
    }

    SimulationException failure(Throwable thrown) {
        return new SimulationException(
                now(),
                describe(current),
                settings.seed(),
                settings.replay(),
                WovenCheck.reason(thrown, current.code()));
    }

    /// Posts an event at the local clock of the running event, with the priority of the running
    /// event.
    ///
    /// @throws IllegalStateException if this event object was posted before
    public void post(PostedEvent event) {
        postAt(postingTime, postingPriority, event);
    }

    /// Posts an event at a time, with a priority shifted to its place.
    void postAt(long time, long priority, PostedEvent event) {
        if (event.order != PostedEvent.NEW) {
            throw new IllegalStateException(
                    "the event "
                            + describe(event)
                            + " was posted before, for "
                            + event.at()
                            + ": an event object is posted once, so make another for every time");
        }
        if (user.get() != Thread.currentThread() && isUsedElsewhere()) {
            throw new IllegalStateException(elsewhere(describe(event) + " cannot be posted on "));
        }
        event.time = time;
        event.order = priority | sequence++;
        event.cause = cause;
        lastPosted = event;
        events.add(event);
        if (watcher != null) {
            watcher.posted(event, current);
        }
    }

    /// Posts a piece of code at the local clock of the running event, on behalf of nobody.
    public void post(Runnable code) {
        post(new PostedEvent.Call(code));
    }

    /// Moves the time at which the running event posts what it posts next.
    ///
    /// @param nanos zero or more
    public void sleep(long nanos) {
        postingTime = later("sleep", nanos);
    }

    /// Makes calls now that are posted `nanos` after the local clock, with another priority, and
    /// leaves both as they were for the rest of the event.
    public void after(long nanos, int priority, Runnable calls) {
        var before = sequence;
        var time = postingTime;
        var rank = postingPriority;
        postingTime = later("a delay", nanos);
        postingPriority = shifted(priority);
        postingAhead++;
        try {
            calls.run();
        } finally {
            postingAhead--;
            postingTime = time;
            postingPriority = rank;
        }
        if (sequence == before) {
            WovenCheck.postedNothing(calls);
        }
    }

    /// As [#after], for exactly one call, which can then be cancelled.
    ///
    /// @throws IllegalStateException if `call` posts no event, or more than one
    public Timer timer(long nanos, int priority, Runnable call) {
        return Timer.once(this, single(nanos, priority, call));
    }

    /// Makes one call that is posted after `nanos` and then once in every `period`, without drift,
    /// until it is cancelled.
    ///
    /// @param period more than 0
    /// @throws IllegalStateException if `call` posts no event, or more than one
    public Timer every(long nanos, long period, int priority, Runnable call) {
        if (period <= 0) {
            throw new IllegalArgumentException(
                    "a period must be longer than 0, but was " + SimTime.format(period));
        }
        return Timer.every(this, period, single(nanos, priority, call));
    }

    private PostedEvent single(long nanos, int priority, Runnable call) {
        var before = sequence;
        after(nanos, priority, call);
        if (sequence - before != 1) {
            throw new IllegalStateException(
                    "a timer posts exactly one event, but this one posted "
                            + (sequence - before)
                            + (sequence == before
                                    ? "; does it call an event method, and not by super?"
                                    : ""));
        }
        return lastPosted;
    }

    boolean cancel(PostedEvent event) {
        if (!event.isPending()) {
            return false;
        }
        event.cause = PostedEvent.CANCELLED;
        if (event.next != PostedEvent.OUT_OF_LIST) {
            events.cancelled(event);
        }
        return true;
    }

    /// Posts an event and suspends the running one until it has run.
    ///
    /// @return its result
    public Object call(BlockingEvent event) {
        event.caller = suspension(event);
        post(event);
        return event.caller.await();
    }

    /// Suspends the running event for a time.
    ///
    /// @param nanos zero or more
    public void blockingSleep(long nanos) {
        var sleep = suspension("the end of its sleep");
        sleep.endAfter(nanos);
        sleep.await();
    }

    /// Prepares to suspend the running event: see [Suspension].
    ///
    /// @param what it will wait for, for people: `a free teller`, or the event itself
    /// @throws IllegalStateException outside an event, and in an event that holds a monitor
    public Suspension suspension(Object what) {
        var worker = processes.running();
        if (worker == null) {
            throw new IllegalStateException(
                    "only an event can wait for "
                            + what
                            + "; this is code outside the order of events, such as that of"
                            + " Simulation.within: make the blocking call in an event method");
        }
        if (postingAhead > 0) {
            throw new IllegalStateException(
                    describe(current)
                            + " cannot wait for "
                            + what
                            + " among the calls of Kronos.after, timer or every, which are posted"
                            + " and not waited for");
        }
        var entity = current.entity();
        if (entity != null && Thread.holdsLock(entity)) {
            throw new IllegalStateException(
                    describe(current)
                            + " cannot wait for "
                            + what
                            + " in a synchronized method: the next event that needs the monitor"
                            + " would hang the run; events need no synchronisation");
        }
        MonitorCheck.placeOfMonitorHeld(current)
                .ifPresent(place -> {
                    throw new IllegalStateException(
                            describe(current)
                                    + " cannot wait for "
                                    + what
                                    + " in the synchronized block at "
                                    + place
                                    + ": the next event that needs the monitor would hang the"
                                    + " run; events need no synchronisation");
                });
        return new Suspension(this, worker, current, what, postingTime, postingPriority);
    }

    /// The events that wait in the middle, in the order in which they began to. At the end of a run
    /// they show what never happened.
    public List<Suspension> suspensions() {
        return processes.suspensions();
    }

    /// How events of this simulation are suspended.
    public SuspensionMechanism suspensionMechanism() {
        return mechanism;
    }

    /// Ends the run when the running event is over.
    public void stop() {
        stopped = true;
    }

    /// Writes an observation into the trace, at the local clock, in the name of the entity whose
    /// event is running.
    public void observe(Observation what) {
        var entry = new Trace.Entry(trace.size(), new SimTime(postingTime), actor(), what, cause);
        fingerprint.add(entry);
        trace.append(entry);
        cause = entry.index();
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).accept(entry);
        }
    }

    /// Has everything that is observed from now on shown to a listener at once, in the event that
    /// observes it. What the listener posts, that event posts, and the observation is its cause.
    public void listen(Consumer<Trace.Entry> listener) {
        listeners.add(listener);
    }

    /// The random stream of one purpose; the same stream whenever it is asked for.
    public RandomStream random(String name) {
        return streams.stream(name);
    }

    /// Rolls the dice anew for what is still to come: from now on every random stream goes on as
    /// that of its name does from another seed, at the position where it is. What was drawn before,
    /// and the events that follow from it, stay. With the seed that the run has, nothing changes.
    ///
    /// To be called between two parts of a run:
    ///
    /// ```java
    /// simulation.runUntil(SimTime.of(Duration.ofSeconds(9)));
    /// simulation.reseed(43);
    /// simulation.run();
    /// ```
    ///
    /// @throws IllegalStateException in an event of this simulation
    public void reseed(long seed) {
        if (running) {
            throw new IllegalStateException(
                    "Simulation.reseed is for between two parts of a run, but "
                            + describe(current)
                            + " is an event");
        }
        streams.reseed(seed);
    }

    /// How many draws each random stream has given so far, by name.
    public SortedMap<String, Long> drawn() {
        return streams.drawn();
    }

    /// The virtual time of the event that is running or ran last.
    public SimTime now() {
        return new SimTime(clock);
    }

    /// The local clock of the running event in nanoseconds: its time and what it has slept since.
    public long localClock() {
        return postingTime;
    }

    /// The priority of the running event, and so of what it posts.
    public int priority() {
        return (int) (postingPriority >>> SEQUENCE_BITS);
    }

    /// Has the run end after the event that is running, for good. May be called from any thread.
    public void interrupt() {
        interrupted = true;
    }

    /// How far the run has got. May be called from any thread, while the simulation runs or not,
    /// and disturbs nothing; in a run it is at most a few thousand events old.
    public Progress progress() {
        return progress;
    }

    /// Has every event that is posted or begins shown to a watcher, which replaces the one before;
    /// null for none.
    public void watch(EventWatcher watcher) {
        this.watcher = watcher;
    }

    /// How many events have run.
    public long executed() {
        return executed;
    }

    /// How many events are still to run.
    public int pending() {
        return events.size() + released.size() + holds.stream().mapToInt(Hold::size).sum();
    }

    public long seed() {
        return settings.seed();
    }

    /// What was observed so far.
    public Trace trace() {
        return trace;
    }

    /// The fingerprint of what was observed so far: see [Fingerprint].
    public String fingerprint() {
        return fingerprint.hex();
    }

    /// A rolling hash over the time and order of every event that ran, observed or not: when two
    /// runs with one fingerprint differ here, they differ in something that nobody observed.
    public long eventHash() {
        return eventHash;
    }

    /// Makes this the simulation of the calling thread.
    void bind() {
        CURRENT.set(this);
    }

    /// Makes this the simulation of the calling thread, and the calling thread its only user.
    private Simulation enter() {
        if (!user.compareAndSet(null, Thread.currentThread()) && isUsedElsewhere()) {
            throw new IllegalStateException(elsewhere("it cannot be run or set up on "));
        }
        var outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    private void leave(Simulation outer) {
        if (outer != this) {
            user.set(null);
        }
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /// Whether another thread uses this simulation, and does not do so by way of the calling one,
    /// which may be one on which it runs an event.
    private boolean isUsedElsewhere() {
        var thread = user.get();
        return thread != null && thread != Thread.currentThread() && CURRENT.get() != this;
    }

    private String elsewhere(String what) {
        return "this simulation is in use on "
                + describe(user.get())
                + ", so "
                + what
                + describe(Thread.currentThread())
                + ": a simulation and its entities belong to one thread at a time; give each thread"
                + " its own";
    }

    private static String describe(Thread thread) {
        return thread == null
                ? "a thread that has just finished"
                : thread.getName().isEmpty() ? "a thread" : "thread " + thread.getName();
    }

    private String actor() {
        return current == null || current.entity() == null ? "run" : name(current.entity());
    }

    /// The name that an entity or an argument has for itself, or its class: never the default
    /// `toString`, which differs from run to run.
    private static String name(Object thing) {
        if (NAMES_ITSELF.get(thing.getClass())) {
            return thing.toString();
        }
        // A lambda's class is named after where it is in memory.
        var name = thing.getClass().getSimpleName();
        return thing.getClass().isHidden() ? name.substring(0, name.indexOf('/')) : name;
    }

    static String describe(PostedEvent event) {
        var entity = event.entity() == null ? "" : name(event.entity()) + ".";
        var arguments =
                Arrays.stream(event.arguments())
                        .map(argument -> argument == null ? "null" : name(argument))
                        .collect(Collectors.joining(", ", "(", ")"));
        var signature = event.signature();
        return entity + signature.substring(0, signature.indexOf('(')) + arguments;
    }

    long later(String what, long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException(
                    what
                            + " of "
                            + SimTime.format(nanos)
                            + " at "
                            + SimTime.format(postingTime)
                            + " would turn time back; it must be zero or more");
        }
        return sum(postingTime, nanos);
    }

    /// What lies so long after a time, or the end of time if that comes first.
    static long sum(long time, long nanos) {
        return nanos < NEVER - time ? time + nanos : NEVER;
    }

    private static long shifted(int priority) {
        if (priority < 0 || priority > LAST_PRIORITY) {
            throw new IllegalArgumentException(
                    "a priority lies in [0, " + LAST_PRIORITY + "], but was " + priority);
        }
        return (long) priority << SEQUENCE_BITS;
    }
}
