package io.faultline.benchmark.hold;

/// How much later than its cause an event lies, in nanoseconds; 1 s in the mean.
public enum Increments {
    /// What PHOLD is defined with; easy for every event list.
    EXPONENTIAL {
        @Override
        long draw(SplitMix random) {
            return (long) (-SECOND * Math.log(random.nextUniform()));
        }
    },
    /// Nine in ten within 0.1 s, one in ten after 9 to 10 s: two crowds far from each other.
    BIMODAL {
        @Override
        long draw(SplitMix random) {
            var near = random.nextInt(10) > 0;
            var uniform = random.nextUniform();
            return (long) (SECOND * (near ? 0.1 * uniform : 9 + uniform));
        }
    },
    /// Pareto of shape 1.1, cut off at 10⁶ s: a few events that lie so far ahead that equal buckets
    /// cannot hold them.
    PARETO {
        @Override
        long draw(SplitMix random) {
            var uniform = random.nextUniform();
            return (long) Math.min(1e6 * SECOND, SECOND / 11 * Math.pow(uniform, -1 / 1.1));
        }
    },
    /// Always the same, from one of a hundred phases: a thousand events of 100 000 at each instant.
    EQUAL {
        @Override
        long draw(SplitMix random) {
            return (long) SECOND;
        }

        @Override
        long first(SplitMix random, int event) {
            return event % PHASES * (long) (SECOND / PHASES);
        }
    };

    private static final double SECOND = 1e9;
    private static final int PHASES = 100;

    abstract long draw(SplitMix random);

    /// When the first of a chain of events happens.
    long first(SplitMix random, int event) {
        return draw(random);
    }
}
