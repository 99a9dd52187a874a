package io.faultline.scenario.explain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToLongBiFunction;

/// Which of the things that happened in one run happen in another, too.
final class Recurrence {

    private Recurrence() {}

    private record Pair(int one, int other, long apart) {}

    /// Each is paired with at most one that is like it and not further away than `window`, the
    /// closest pairs first.
    ///
    /// @param apart how many nanoseconds two are apart
    static <T> List<Boolean> of(
            List<T> ones,
            List<T> others,
            BiPredicate<T, T> alike,
            ToLongBiFunction<T, T> apart,
            Duration window) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < ones.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                long between = apart.applyAsLong(ones.get(i), others.get(j));
                if (alike.test(ones.get(i), others.get(j)) && between <= window.toNanos()) {
                    pairs.add(new Pair(i, j, between));
                }
            }
        }
        // The sort is stable: of pairs that are equally close, the earlier one counts.
        pairs.sort(Comparator.comparingLong(Pair::apart));
        var recurs = new Boolean[ones.size()];
        Arrays.fill(recurs, false);
        var taken = new boolean[others.size()];
        for (var pair : pairs) {
            if (!recurs[pair.one()] && !taken[pair.other()]) {
                recurs[pair.one()] = true;
                taken[pair.other()] = true;
            }
        }
        return List.of(recurs);
    }
}
