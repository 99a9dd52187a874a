package io.faultline.scenario.explain;

import io.faultline.kernel.SimTime;
import io.faultline.model.cluster.PartitionId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// What would not have happened without what: the faults and the scripted actions of a run, the
/// failures and losses of service that came of them, and how the run ended.
///
/// @param nodes faults first, then actions, then failures in order of time, then losses of service,
///   then how the run ended; the number of a node is its position
/// @param alignments how far the run without each fault goes along with the run, by fault
/// @param faults how many faults there were, with those that the script played
/// @param healed when the last fault was over
/// @param window how far apart a failure and its counterpart in another run may be
/// @param slo for how long a partition may serve nobody
/// @param pairs how many pairs of causes were taken away
/// @param left how many failures and losses were not looked at, because there were too many before
/// @param runs how many runs it took
/// @param complete whether everything was tried that there is to try
public record Consequences(
        List<Node> nodes,
        List<FaultAlignment> alignments,
        int faults,
        SimTime healed,
        Duration window,
        Duration slo,
        Pairs pairs,
        int left,
        int runs,
        boolean complete) {

    /// More sets of joint causes, and more names in a row, are not told but counted.
    private static final int MOST_SETS = 1;

    private static final int MOST_NAMES = 5;

    /// What a node is.
    public enum What {
        FAULT,
        ACTION,
        FAILURE,
        LOSS,
        VERDICT;

        /// Whether somebody planned it.
        boolean isPlanned() {
            return this == FAULT || this == ACTION;
        }
    }

    /// How many pairs of possible causes were taken away together.
    ///
    /// @param tried how many of them were
    /// @param all how many there are where neither of a pair matters by itself
    public record Pairs(int tried, int all) {}

    /// Something that happened.
    ///
    /// @param name what it is called, for people
    /// @param text what it is, for people
    /// @param time when it happened, or began
    /// @param hit who was damaged by it: whom no fault concerned, and who failed or lost service
    /// @param causes what it would not have happened without, as far as that is not a cause of
    ///   another of these
    /// @param joint what it would not have happened without only if all of it is taken away, a list
    ///   for each such set; also what happened only later, where that would have led to the same
    /// @param later without what it would have ended otherwise, though that happened only after it
    ///   had begun
    /// @param open whether the time was over before it was known what it is due to
    public record Node(
            What what,
            String name,
            String text,
            SimTime time,
            List<PartitionId> hit,
            List<Edge> causes,
            List<List<Integer>> joint,
            List<Integer> later,
            boolean open) {

        public Node {
            hit = List.copyOf(hit);
            causes = List.copyOf(causes);
            joint = List.copyOf(joint);
            later = List.copyOf(later);
        }

        /// Whether it is damage that came of something that was planned.
        boolean isInduced() {
            return !hit.isEmpty() && !causes.isEmpty();
        }
    }

    /// A cause.
    ///
    /// @param from the number of the node
    /// @param joint whether it was not needed by itself, but only together with others
    public record Edge(int from, boolean joint) {}

    /// How far the run without a fault goes along with the run.
    public record FaultAlignment(int fault, Alignment alignment) {}

    public Consequences {
        nodes = List.copyOf(nodes);
        alignments = List.copyOf(alignments);
    }

    /// The latest cause of a node, under which it stands in a tree.
    Optional<Edge> parent(int id) {
        return nodes.get(id).causes().stream()
                .max(
                        Comparator.comparing((Edge edge) -> nodes.get(edge.from()).time())
                                .thenComparing(Edge::from));
    }

    /// The numbers of the nodes that stand under a node, in order of time, and last how the run
    /// ended.
    List<Integer> under(int parent) {
        return IntStream.range(0, nodes.size())
                .boxed()
                .filter(id -> parent(id).filter(edge -> edge.from() == parent).isPresent())
                .sorted(
                        Comparator.comparing((Integer id) -> nodes.get(id).what() == What.VERDICT)
                                .thenComparing(id -> nodes.get(id).time())
                                .thenComparing(id -> id))
                .toList();
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

    /// How many failures there are at each step: first those that no failure led to, then those
    /// that these led to, and so on.
    public List<Integer> steps() {
        var step = new int[nodes.size()];
        var sizes = new ArrayList<Integer>();
        for (int id = 0; id < nodes.size(); id++) {
            var node = nodes.get(id);
            if (node.what() == What.FAILURE) {
                for (var edge : node.causes()) {
                    if (nodes.get(edge.from()).what() == What.FAILURE) {
                        step[id] = Math.max(step[id], step[edge.from()] + 1);
                    }
                }
                while (sizes.size() <= step[id]) {
                    sizes.add(0);
                }
                sizes.set(step[id], sizes.get(step[id]) + 1);
            }
        }
        return sizes;
    }

    /// How many failures a failure led to, on average: all but those of the first step, divided by
    /// all but those of the last one. A cascade that dies out has less than 1, one that goes on for
    /// ever 1 or more. It is the estimator of Harris for branching processes, as Dobson uses it for
    /// cascades of line outages (*Estimating the propagation and extent of cascading line outages
    /// from utility data with a branching process*, IEEE Transactions on Power Systems 27(4),
    /// 2012). 0 if no failure led to another.
    public double offspring() {
        var sizes = steps();
        if (sizes.size() < 2) {
            return 0;
        }
        int all = sizes.stream().mapToInt(Integer::intValue).sum();
        return (double) (all - sizes.getFirst()) / (all - sizes.getLast());
    }

    /// How many steps of failures there are.
    public int depth() {
        return steps().size();
    }

    /// How many failures there are at the largest step.
    public int breadth() {
        return steps().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /// From the first failure to the last.
    public Duration spread() {
        return from(nodes.stream().filter(node -> node.what() == What.FAILURE).toList());
    }

    private static Duration from(List<Node> nodes) {
        var times = nodes.stream().mapToLong(node -> node.time().nanos()).summaryStatistics();
        return times.getCount() == 0
                ? Duration.ZERO
                : Duration.ofNanos(times.getMax() - times.getMin());
    }

    /// The damage that came of something that was planned, in order of time.
    List<Node> damage() {
        return nodes.stream()
                .filter(Node::isInduced)
                .sorted(Comparator.comparing(Node::time))
                .toList();
    }

    /// How many pieces of damage there are: a failure or a loss of service of one partition is one.
    public int pieces() {
        return damage().stream().mapToInt(node -> node.hit().size()).sum();
    }

    /// How many pieces of damage there are for each fault: R. 0 if there is no fault.
    public double reproduction() {
        return faults == 0 ? 0 : (double) pieces() / faults;
    }

    /// How long it took from the first damage to the last.
    public Duration damageSpread() {
        return from(damage());
    }

    /// How far damage had spread at some time.
    ///
    /// @param partitions how many partitions had been hit by then
    /// @param pieces how many pieces of damage there had been
    public record Reach(SimTime time, int partitions, int pieces) {}

    /// How far damage had spread, whenever there was more of it.
    public List<Reach> reach() {
        var reach = new ArrayList<Reach>();
        var hit = new TreeSet<PartitionId>();
        int pieces = 0;
        for (var node : damage()) {
            hit.addAll(node.hit());
            pieces += node.hit().size();
            if (!reach.isEmpty() && reach.getLast().time().equals(node.time())) {
                reach.removeLast();
            }
            reach.add(new Reach(node.time(), hit.size(), pieces));
        }
        return reach;
    }

    /// Whether damage grows after the last fault is over.
    public boolean isSelfSustaining() {
        return damage().stream().anyMatch(node -> node.time().isAfter(healed));
    }

    /// The tree, a line for each node: a node stands under the latest of its causes, and the others
    /// are named beside it.
    public List<String> tree() {
        var lines = new ArrayList<String>();
        for (int root : roots()) {
            lines.add(line(root) + causeless(nodes.get(root)));
            branches(root, "", lines);
        }
        return lines;
    }

    /// What is to be said of a node that stands under nothing.
    private static String causeless(Node node) {
        if (node.what().isPlanned()) {
            return "";
        }
        if (node.open()) {
            return "  (there was no time to see without what it does not happen)";
        }
        return "  (without any fault or action, too)";
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
        return node.time() + "  " + node.text() + remarks(id);
    }

    /// What else there is to say of a node besides what it stands under.
    String remarks(int id) {
        var node = nodes.get(id);
        var parent = parent(id);
        var needed =
                node.causes().stream()
                        .filter(edge -> !edge.joint() && !edge.equals(parent.orElseThrow()))
                        .map(Edge::from)
                        .toList();
        var remarks = new StringBuilder();
        for (var set : node.joint().subList(0, Math.min(MOST_SETS, node.joint().size()))) {
            remarks.append("  (").append(together(id, set)).append(')');
        }
        if (node.joint().size() > MOST_SETS) {
            remarks.append("  (and so for ")
                    .append(node.joint().size() - MOST_SETS)
                    .append(" other sets)");
        }
        if (!needed.isEmpty()) {
            remarks.append("  (and not without ").append(names(needed)).append(')');
        }
        if (!node.later().isEmpty()) {
            remarks.append("  (it would not have lasted without ")
                    .append(names(node.later()))
                    .append(')');
        }
        return remarks.toString();
    }

    /// What a set of joint causes means for a node.
    private String together(int id, List<Integer> set) {
        var before = set.stream().filter(cause -> isCause(cause, id)).toList();
        var after = set.stream().filter(cause -> !isCause(cause, id)).toList();
        if (after.isEmpty()) {
            return "joint: it happens unless " + all(set) + " are taken away";
        }
        return before.isEmpty()
                ? "joint: it lasts unless " + all(set) + " are taken away"
                : "joint: without "
                        + names(before)
                        + " it would have come later, of "
                        + names(after);
    }

    /// Whether one node is not later than another, so that it may have led to it.
    private boolean isCause(int cause, int id) {
        return nodes.get(id).causes().stream().anyMatch(edge -> edge.from() == cause)
                || nodes.get(cause).time().isBefore(nodes.get(id).time());
    }

    private String all(List<Integer> ids) {
        return (ids.size() == 2 ? "both " : "all of ") + names(ids);
    }

    private String names(List<Integer> ids) {
        var names = new ArrayList<>(ids.stream().map(id -> nodes.get(id).name()).toList());
        if (names.size() > MOST_NAMES) {
            int more = names.size() - MOST_NAMES + 1;
            names.subList(MOST_NAMES - 1, names.size()).clear();
            names.add(more + " more");
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
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
                                case LOSS -> ", style=dotted";
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
