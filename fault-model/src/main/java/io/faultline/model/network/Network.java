package io.faultline.model.network;

import io.faultline.kernel.entity.Entity;
import io.faultline.kernel.entity.Kronos;
import io.faultline.kernel.entity.NonEvent;
import io.faultline.kernel.random.Constant;
import io.faultline.kernel.random.Distribution;
import io.faultline.model.Turn;
import io.faultline.model.observation.Observed.DropCause;
import io.faultline.model.observation.Observed.MessageDelivered;
import io.faultline.model.observation.Observed.MessageDropped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Carries messages from node to node: latency, loss, splits, gates, and whatever rules are
/// installed.
///
/// A message is lost if sender and receiver are separated when it is sent *or* when it would
/// arrive. Messages of reliable kinds are sent again until they arrive or a node at either end
/// crashes.
///
/// What happens to a message happens to its copies, which are made where it arrives; only the
/// message itself is ever sent again. A copy belongs to the connection on which the message came,
/// and is gone when the receiver has started again since.
@Entity
public class Network {

    private final NetworkSettings settings;
    private final boolean observeMessages;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Split> splits = new ArrayList<>();
    private List<Split> cutting = List.of();
    private final List<Gate> gates = new ArrayList<>();
    private final Links links = new Links();
    private final Map<String, Map<String, Route>> routes = new HashMap<>(); // never iterated
    private final Route everywhere;
    private long departures;

    /// A cut through the network: every node is on one of its sides, and nodes of one side always
    /// reach each other, as far as it is concerned.
    public interface Split {

        /// The side of a node.
        int side(Host host);

        /// Whether messages from one side reach another.
        boolean passes(int from, int to);

        /// Whether a message from one node can no longer reach another.
        default boolean separates(Host from, Host to) {
            int here = side(from);
            int there = side(to);
            return here != there && !passes(here, there);
        }

        /// Whether a message cannot pass.
        default boolean stops(Envelope envelope) {
            return separates(envelope.from(), envelope.at());
        }

        /// The kinds of messages of which nothing passes where it separates nodes. If they are not
        /// all, it alone cuts nobody off.
        default Set<MessageKind> stopped() {
            return MessageKind.ALL;
        }
    }

    public Network(NetworkSettings settings, boolean observeMessages) {
        this.settings = settings;
        this.observeMessages = observeMessages;
        this.everywhere = route(settings.latency());
    }

    /// Installs a rule; running the result takes it out again.
    @NonEvent
    public Runnable install(Rule rule) {
        rules.add(rule);
        return () -> rules.remove(rule);
    }

    /// Cuts the network; running the result mends the cut.
    @NonEvent
    public Runnable install(Split split) {
        splits.add(split);
        findCutting();
        return () -> {
            splits.remove(split);
            findCutting();
        };
    }

    /// Finds the splits that may cut nodes off: those that let nothing pass, and all others if
    /// there is no kind that each of them lets pass.
    private void findCutting() {
        var stopped = EnumSet.noneOf(MessageKind.class);
        splits.stream()
                .filter(split -> !isTotal(split))
                .map(Split::stopped)
                .forEach(stopped::addAll);
        boolean together = stopped.equals(MessageKind.ALL);
        cutting = splits.stream().filter(split -> together || isTotal(split)).toList();
    }

    private static boolean isTotal(Split split) {
        return split.stopped().equals(MessageKind.ALL);
    }

    /// Closes a gate: messages that it concerns pile up there, from now on.
    ///
    /// A message that waits is not lost, so it is not sent again. When it goes on it takes the time
    /// that it would have taken before.
    @NonEvent
    public void close(Gate gate) {
        gates.add(gate);
    }

    /// Opens a gate: what has piled up there goes on, in the order in which it was sent, to the
    /// next closed gate if there is one.
    @NonEvent
    public void open(Gate gate) {
        gates.remove(gate);
        gate.clear().forEach(this::depart);
    }

    /// On which side of each split that may cut nodes off a node is. Whatever reaches one of two
    /// nodes with the same sides reaches the other, and they reach each other.
    @NonEvent
    public List<Integer> sides(Host host) {
        return cutting.stream().map(split -> split.side(host)).toList();
    }

    /// Whether messages of any kind from one node reach another, as far as splits are concerned.
    @NonEvent
    public boolean connects(Host from, Host to) {
        return cutting.isEmpty() || !stopped(cutting, from, to).equals(MessageKind.ALL);
    }

    /// Whether they still would with one more split.
    @NonEvent
    public boolean connects(Host from, Host to, Split more) {
        var stopped = stopped(splits, from, to);
        if (more.separates(from, to)) {
            stopped.addAll(more.stopped());
        }
        return !stopped.equals(MessageKind.ALL);
    }

    private static Set<MessageKind> stopped(List<Split> splits, Host from, Host to) {
        var stopped = EnumSet.noneOf(MessageKind.class);
        for (var split : splits) {
            if (split.separates(from, to)) {
                stopped.addAll(split.stopped());
            }
        }
        return stopped;
    }

    private boolean isStopped(Envelope envelope) {
        for (var split : splits) {
            if (split.stops(envelope)) {
                return true;
            }
        }
        return false;
    }

    /// Sends a message now.
    @NonEvent
    public void send(Host from, Endpoint to, Message message) {
        dispatch(Envelope.of(from, to, message, Kronos.currentTime()));
    }

    /// A reliable channel tries again.
    public void resend(Envelope lost) {
        if (lost.isChannelOpen()) {
            dispatch(lost.again(Kronos.currentTime()));
        }
    }

    private void dispatch(Envelope envelope) {
        if (envelope.from() == envelope.at()) {
            deliver(envelope, 0);
            return;
        }
        var route = route(envelope.from(), envelope.at());
        long delay;
        boolean lost;
        if (route.isCertain()) {
            delay = route.certainDelay();
            lost = false;
        } else {
            var link = link(envelope.from(), envelope.at(), route);
            delay = link.drawDelay();
            lost = link.drawLoss();
        }
        boolean corrupt = false;
        List<Long> copies = List.of();
        for (var rule : rules) {
            switch (rule.judge(envelope)) {
                case Verdict.Drop() -> lost = true;
                case Verdict.Delay(var nanos) -> delay += nanos;
                case Verdict.Corrupt() -> corrupt = true;
                case Verdict.Duplicate(var nanos) -> copies = joined(copies, nanos);
            }
        }
        if (isStopped(envelope)) {
            drop(envelope, DropCause.SPLIT);
        } else if (lost) {
            drop(envelope, DropCause.LOSS);
        } else {
            var travelling = corrupt ? envelope.corrupted() : envelope;
            depart(new Departure(departures++, travelling, delay, copies));
        }
    }

    private static List<Long> joined(List<Long> some, List<Long> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void depart(Departure departure) {
        for (var gate : gates) {
            long wait = gate.waitOf(departure);
            if (wait != Gate.PASSES) {
                hold(departure, gate, wait);
                return;
            }
        }
        var envelope = departure.envelope();
        deliver(envelope, departure.delay());
        for (long late : departure.copies()) {
            deliver(envelope.copied(), departure.delay() + late);
        }
    }

    private void hold(Departure departure, Gate gate, long wait) {
        gate.add(departure);
        if (wait != Gate.UNTIL_IT_OPENS) {
            Kronos.after(
                    wait,
                    Turn.DELIVERY.of(departure.envelope().message().partition()),
                    () -> this.letGo(gate, departure));
        }
    }

    /// A message has waited at a gate for long enough, unless that has opened before.
    public void letGo(Gate gate, Departure departure) {
        if (gate.remove(departure)) {
            departure.hasWaited(gate);
            depart(departure);
        }
    }

    private void deliver(Envelope envelope, long delay) {
        Kronos.after(
                delay,
                Turn.DELIVERY.of(envelope.message().partition()),
                () -> envelope.to().receive(envelope));
    }

    /// Whether a message that has travelled its way can be handed over.
    @NonEvent
    public boolean arrives(Envelope envelope) {
        var local = envelope.from() == envelope.at();
        if (!local && isStopped(envelope)) {
            drop(envelope, DropCause.SPLIT);
            return false;
        }
        if (!envelope.at().isUp() || envelope.isStaleCopy()) {
            drop(envelope, DropCause.RECEIVER_DOWN);
            return false;
        }
        if (envelope.isCorrupt()) {
            drop(envelope, DropCause.CORRUPT);
            return false;
        }
        if (observeMessages && !local) {
            Kronos.observe(
                    new MessageDelivered(
                            envelope.message().kind(),
                            envelope.from().id(),
                            envelope.at().id(),
                            Duration.ofNanos(Kronos.currentTime() - envelope.sentAt())));
        }
        return true;
    }

    private void drop(Envelope envelope, DropCause cause) {
        if (observeMessages) {
            Kronos.observe(
                    new MessageDropped(
                            envelope.message().kind(),
                            envelope.from().id(),
                            envelope.at().id(),
                            cause));
        }
        if (envelope.message().isReliable()
                && cause != DropCause.RECEIVER_DOWN
                && !envelope.isCopy()) {
            Kronos.after(
                    settings.waitAfter(envelope.attempt()).toNanos(),
                    Turn.DELIVERY.of(envelope.message().partition()),
                    () -> this.resend(envelope));
        }
    }

    private Link link(Host from, Host to, Route route) {
        var link = links.get(from, to);
        if (link == null) {
            link = new Link(from, to, route);
            links.add(link);
        }
        return link;
    }

    private Route route(Host from, Host to) {
        return settings.roundTrips().isEmpty()
                ? everywhere
                : routes.computeIfAbsent(from.region(), _ -> new HashMap<>())
                        .computeIfAbsent(
                                to.region(), _ -> route(latency(from.region(), to.region())));
    }

    private Route route(Distribution latency) {
        return new Route(latency, settings.jitter(), settings.loss().value());
    }

    /// Half of the measured round trip, which may be given for the pair either way round.
    private Distribution latency(String from, String to) {
        var there = settings.roundTrips().getOrDefault(from, Map.of()).get(to);
        var back = settings.roundTrips().getOrDefault(to, Map.of()).get(from);
        var roundTrip = there != null ? there : back;
        return roundTrip == null ? settings.latency() : new Constant(roundTrip.toNanos() / 2.0);
    }

    @Override
    public String toString() {
        return "network";
    }
}
