package io.faultline.report;

import io.faultline.model.cluster.PartitionId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Names sets of partitions by their ranks, for people.
public final class Ranks {

    private Ranks() {}

    /// `P1 P2 P4–P7`: three or more in a row as one; `nobody` if there are none.
    public static String inWords(Collection<PartitionId> partitions) {
        return partitions.isEmpty() ? "nobody" : String.join(" ", ranges(partitions));
    }

    /// The parts of [#inWords], in order.
    public static List<String> ranges(Collection<PartitionId> partitions) {
        var ids = partitions.stream().distinct().sorted().toList();
        var ranges = new ArrayList<String>();
        int first = 0;
        while (first < ids.size()) {
            int last = first;
            while (last + 1 < ids.size() && ids.get(last + 1).rank() == ids.get(last).rank() + 1) {
                last++;
            }
            if (last - first >= 2) {
                ranges.add(ids.get(first) + "–" + ids.get(last));
            } else {
                ids.subList(first, last + 1).forEach(id -> ranges.add(id.toString()));
            }
            first = last + 1;
        }
        return ranges;
    }
}
