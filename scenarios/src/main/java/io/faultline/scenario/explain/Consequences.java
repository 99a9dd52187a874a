package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What would not have happened without what: the faults and the scripted actions of a run, the
/// failures that came of them, and how the run ended.
///
/// @param nodes faults first, then actions, then failures in order of time, then how the run ended;
///   the number of a node is its position
/// @param alignments how far the run without each fault goes along with the run, by fault
/// @param window how far apart a failure and its counterpart in another run may be
/// @param left how many failures were not looked at, because there were too many before them
/// @param runs how many runs it took
/// @param complete whether everything was tried that there is to try
public record Consequences(
        List<Node> nodes,
        List<FaultAlignment> alignments,
        Duration window,
        int left,
        int runs,
        boolean complete) {

    /// What a node is.
    public enum What {
        FAULT,
        ACTION,
        FAILURE,
        VERDICT;

        /// Whether somebody planned it.
        boolean isPlanned() {
            return this == FAULT || this == ACTION;
        }
    }

    /// Something that happened.
    ///
    /// @param name what it is called, for people
    /// @param text what it is, for people
    /// @param time when it happened
    /// @param causes what it would not have happened without, as far as that is not a cause of
    ///   another of these
    public record Node(What what, String name, String text, SimTime time, List<Edge> causes) {

        /// The latest cause, under which it stands in a tree.
        Optional<Edge> parent() {
            return causes.stream().max(Comparator.comparingInt(Edge::from));
        }
    }

    /// A cause.
    ///
    /// @param from the number of the node
    /// @param joint whether it was not needed by itself: each of the joint causes of a node would
    ///   have been enough, and only without all of them does it not happen
    public record Edge(int from, boolean joint) {}

    /// How far the run without a fault goes along with the run.
    public record FaultAlignment(int fault, Alignment alignment) {}

    public Consequences {
        nodes = List.copyOf(nodes);
        alignments = List.copyOf(alignments);
    }

    /// The numbers of the nodes that stand under a node.
    List<Integer> under(int parent) {
        var under = new ArrayList<Integer>();
        for (int id = 0; id < nodes.size(); id++) {
            if (nodes.get(id).parent().filter(edge -> edge.from() == parent).isPresent()) {
                under.add(id);
            }
        }
        return under;
    }

    /// The numbers of the nodes that nothing led to: the faults, and what happens without them,
    /// too.
    List<Integer> roots() {
        var roots = new ArrayList<Integer>();
        for (int id = 0; id < nodes.size(); id++) {
            if (nodes.get(id).causes().isEmpty()) {
                roots.add(id);
            }
        }
        return roots;
    }

    /// How many failures there are at each depth: first those that no failure led to, then those
    /// that these led to, and so on.
    public List<Integer> levels() {
        var depth = new int[nodes.size()];
        var sizes = new ArrayList<Integer>();
        for (int id = 0; id < nodes.size(); id++) {
            var node = nodes.get(id);
            if (node.what() == What.FAILURE) {
                for (var edge : node.causes()) {
                    if (nodes.get(edge.from()).what() == What.FAILURE) {
                        depth[id] = Math.max(depth[id], depth[edge.from()] + 1);
                    }
                }
                while (sizes.size() <= depth[id]) {
                    sizes.add(0);
                }
                sizes.set(depth[id], sizes.get(depth[id]) + 1);
            }
        }
        return sizes;
    }

    /// How many failures a failure led to, on average: all but those that no failure led to,
    /// divided by all but the deepest ones. A cascade that dies out has less than 1, one that goes
    /// on for ever 1 or more. It is the estimator of Harris for branching processes, as Dobson uses
    /// it for cascades of line outages (*Estimating the propagation and extent of cascading line
    /// outages from utility data with a branching process*, IEEE Transactions on Power Systems
    /// 27(4), 2012). 0 if no failure led to another.
    public double reproduction() {
        var sizes = levels();
        if (sizes.size() < 2) {
            return 0;
        }
        int all = sizes.stream().mapToInt(Integer::intValue).sum();
        return (double) (all - sizes.getFirst()) / (all - sizes.getLast());
    }

    /// How many failures stand in the longest row of which each led to the next.
    public int depth() {
        return levels().size();
    }

    /// How many failures there are at most at one depth.
    public int breadth() {
        return levels().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// From the first failure to the last.
    public Duration spread() {
        var times =
                nodes.stream()
                        .filter(node -> node.what() == What.FAILURE)
                        .mapToLong(node -> node.time().nanos())
                        .summaryStatistics();
        return times.getCount() == 0
                ? Duration.ZERO
                : Duration.ofNanos(times.getMax() - times.getMin());
    }

    /// The tree, a line for each node: a node stands under the latest of its causes, and the others
    /// are named beside it.
    public List<String> tree() {
        var lines = new ArrayList<String>();
        for (int root : roots()) {
            boolean planned = nodes.get(root).what().isPlanned();
            lines.add(line(root) + (planned ? "" : "  (without any fault or action, too)"));
            branches(root, "", lines);
        }
        return lines;
    }

    private void branches(int parent, String indent, List<String> lines) {
        var under = under(parent);
        for (int i = 0; i < under.size(); i++) {
            boolean last = i == under.size() - 1;
            lines.add(indent + (last ? "└─ " : "├─ ") + line(under.get(i)));
            branches(under.get(i), indent + (last ? "   " : "│  "), lines);
        }
    }

    private String line(int id) {
        var node = nodes.get(id);
        var line = node.time() + "  " + node.text();
        var joint = node.causes().stream().filter(Edge::joint).toList();
        var parent = node.parent();
        var needed =
                node.causes().stream()
                        .filter(edge -> !edge.joint() && !edge.equals(parent.orElseThrow()))
                        .toList();
        return line
                + (joint.isEmpty()
                        ? ""
                        : "  (joint: each of " + names(joint, " and ") + " would have been enough)")
                + (needed.isEmpty() ? "" : "  (and not without " + names(needed, " and ") + ")");
    }

    private String names(List<Edge> edges, String last) {
        var names = edges.stream().map(edge -> nodes.get(edge.from()).name()).toList();
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + last + names.getLast();
    }

    /// The graph for Graphviz: joint causes by dashed lines.
    public String dot() {
        var dot = new StringBuilder("digraph cascade {\n  rankdir=LR;\n  node [shape=box];\n");
        for (int id = 0; id < nodes.size(); id++) {
            var node = nodes.get(id);
            dot.append("  n")
                    .append(id)
                    .append(" [label=\"")
                    .append(quoted(node.text() + "\n" + node.time()))
                    .append('"')
                    .append(
                            switch (node.what()) {
                                case FAULT, ACTION -> ", style=rounded";
                                case FAILURE -> "";
                                case VERDICT -> ", peripheries=2";
                            })
                    .append("];\n");
        }
        for (int id = 0; id < nodes.size(); id++) {
            for (var edge : nodes.get(id).causes()) {
                dot.append("  n")
                        .append(edge.from())
                        .append(" -> n")
                        .append(id)
                        .append(edge.joint() ? " [style=dashed, label=\"joint\"]" : "")
                        .append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
