package io.faultline.report.chart;

import io.faultline.model.cluster.Domain;
import io.faultline.model.cluster.Location;
import io.faultline.model.cluster.PartitionId;
import io.faultline.report.Ranks;
import io.faultline.report.Result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeSet;

/// What partitions have in common: the regions, zones and racks in which they are.
record Domains(SequencedMap<PartitionId, Location> places) {

    /// As many partitions are named before the rest of them is only counted.
    private static final int SHOWN = 6;

    static Domains of(Result result) {
        return new Domains(result.places());
    }

    /// The kinds of domain of which there are several, the largest first; a kind that splits the
    /// partitions as a larger one does says nothing more.
    List<Domain> kinds() {
        var kinds = new ArrayList<Domain>();
        long most = 1;
        for (var domain : List.of(Domain.REGION, Domain.ZONE, Domain.RACK)) {
            long names = places.values().stream().map(at -> at.in(domain)).distinct().count();
            if (names > most && (domain == Domain.REGION || names < places.size())) {
                kinds.add(domain);
                most = names;
            }
        }
        return kinds;
    }

    /// Some partitions in a few words: by the domains that they fill, or else one by one.
    String name(Collection<PartitionId> those) {
        var sorted = new TreeSet<>(those);
        if (sorted.size() > 1 && sorted.equals(places.keySet())) {
            return "all";
        }
        if (sorted.size() > 1) {
            for (var domain : kinds()) {
                var names = sorted.stream().map(id -> name(id, domain)).distinct().toList();
                boolean whole =
                        places.keySet().stream()
                                        .filter(id -> names.contains(name(id, domain)))
                                        .count()
                                == sorted.size();
                if (whole) {
                    return domain.name().toLowerCase(Locale.ROOT)
                            + (names.size() == 1 ? " " : "s ")
                            + cut(names);
                }
            }
        }
        return cut(Ranks.ranges(sorted));
    }

    private String name(PartitionId id, Domain domain) {
        var place = places.get(id);
        return place == null ? "" : place.in(domain);
    }

    private static String cut(List<String> names) {
        return names.size() > SHOWN
                ? String.join(" ", names.subList(0, SHOWN))
                        + " and "
                        + (names.size() - SHOWN)
                        + " more"
                : String.join(" ", names);
    }
}
