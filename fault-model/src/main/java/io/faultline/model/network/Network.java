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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Carries messages from node to node: latency, loss, splits, and whatever rules are installed.
///
/// A message is lost if sender and receiver are separated when it is sent *or* when it would
/// arrive. Messages of reliable kinds are sent again until they arrive or a node at either end
/// crashes.
@Entity
public class Network {

    private static final int MAX_DOUBLINGS = 6;

    private final NetworkSettings settings;
    private final boolean observeMessages;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Split> splits = new ArrayList<>();
    private final Links links = new Links();
    private final Map<String, Map<String, Route>> routes = new HashMap<>(); // never iterated
    private final Route everywhere;

    /// A cut through the network.
    @FunctionalInterface
    public interface Split {
        /// Whether a message from one node can no longer reach another.
        boolean separates(Host from, Host to);
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
        return () -> splits.remove(split);
    }

    /// Whether there is any cut.
    @NonEvent
    public boolean isCut() {
        return !splits.isEmpty();
    }

    /// Whether messages from one node reach another, as far as cuts are concerned.
    @NonEvent
    public boolean connects(Host from, Host to) {
        for (var split : splits) {
            if (split.separates(from, to)) {
                return false;
            }
        }
        return true;
    }

    /// Sends a message now.
    @NonEvent
    public void send(Host from, Endpoint to, Message message) {
        int receiver = to.host().incarnation();
        dispatch(
                new Envelope(
                        from, to, message, from.incarnation(), receiver, Kronos.currentTime(), 1));
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
        for (var rule : rules) {
            switch (rule.judge(envelope)) {
                case Verdict.Drop() -> lost = true;
                case Verdict.Delay(var nanos) -> delay += nanos;
            }
        }
        if (!connects(envelope.from(), envelope.at())) {
            drop(envelope, DropCause.SPLIT);
        } else if (lost) {
            drop(envelope, DropCause.LOSS);
        } else {
            deliver(envelope, delay);
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
        if (!local && !connects(envelope.from(), envelope.at())) {
            drop(envelope, DropCause.SPLIT);
            return false;
        }
        if (!envelope.at().isUp()) {
            drop(envelope, DropCause.RECEIVER_DOWN);
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
        if (envelope.message().kind().isReliable() && cause != DropCause.RECEIVER_DOWN) {
            int doublings = Math.min(envelope.attempt() - 1, MAX_DOUBLINGS);
            Kronos.after(
                    settings.retransmit().toNanos() << doublings,
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
