package io.faultline.benchmark.peer;

import io.faultline.benchmark.Subject;
import io.faultline.benchmark.hold.Hops;

import nl.tudelft.simulation.dsol.experiment.SingleReplication;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import nl.tudelft.simulation.dsol.model.AbstractDsolModel;
import nl.tudelft.simulation.dsol.simulators.DevsSimulator;
import nl.tudelft.simulation.dsol.simulators.RunState;

/// The hold model in DSOL, with a lambda for each event, on its default event list, a red-black
/// tree. Its time is a Double, here of nanoseconds.
public final class DsolHops implements Subject {

    private static final double FOREVER = Double.MAX_VALUE;

    private final InCallersThread simulator = new InCallersThread();
    private final Hops hops;

    public DsolHops(Hops hops) {
        this.hops = hops;
        simulator.initialize(new Model(), new SingleReplication<>("hold", 0.0, 0.0, FOREVER));
    }

    @Override
    public void run(int operations) {
        hops.begin(operations);
        simulator.runHere();
    }

    @Override
    public long checksum() {
        return hops.checksum();
    }

    @Override
    public void close() {
        simulator.cleanUp();
    }

    private void schedule(double delay, int place) {
        Executable arrival =
                switch (place % 4) {
                    case 0 -> () -> arrive(place);
                    case 1 -> () -> arrive(place);
                    case 2 -> () -> arrive(place);
                    default -> () -> arrive(place);
                };
        simulator.scheduleEventRel(delay, arrival);
    }

    private void arrive(int place) {
        if (hops.arrive(place)) {
            simulator.stopHere();
        }
        var increment = hops.increment();
        schedule(increment, hops.next(place));
    }

    private final class Model extends AbstractDsolModel<Double, DevsSimulator<Double>> {
        private static final long serialVersionUID = 1;

        Model() {
            super(DsolHops.this.simulator);
        }

        @Override
        public void constructModel() {
            for (int token = 0; token < hops.tokens(); token++) {
                int start = hops.start(token);
                schedule(hops.first(token), start);
            }
        }
    }

    /// DSOL's own loop, but in the thread that asks for it, so that slices are not charged with
    /// handing over to a thread and back.
    private static final class InCallersThread extends DevsSimulator<Double> {
        private static final long serialVersionUID = 1;

        InCallersThread() {
            super("hold");
        }

        void runHere() {
            runUntilTime = FOREVER;
            runState = RunState.STARTED;
            run();
        }

        void stopHere() {
            runState = RunState.STOPPED;
        }
    }
}
