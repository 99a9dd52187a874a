package io.faultline.model.network;

/// The links between pairs of nodes that have carried a message: a hash table without boxed keys,
/// since a large system has hundreds of thousands of them.
final class Links {

    private static final int SMALLEST = 64;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private Link[] table = new Link[SMALLEST];
    private int size;

    /// The link from one node to another, or null if there is none yet.
    Link get(Host from, Host to) {
        long key = key(from, to);
        for (int i = place(key); table[i] != null; i = i + 1 & table.length - 1) {
            if (table[i].key() == key) {
                return table[i];
            }
        }
        return null;
    }

    /// Adds a link that is not there yet.
    void add(Link link) {
        if (++size > table.length / 2) {
            var smaller = table;
            table = new Link[2 * smaller.length];
            for (var other : smaller) {
                if (other != null) {
                    put(other);
                }
            }
        }
        put(link);
    }

    private void put(Link link) {
        int i = place(link.key());
        while (table[i] != null) {
            i = i + 1 & table.length - 1;
        }
        table[i] = link;
    }

    private int place(long key) {
        return (int) (key * FACTOR >>> Long.SIZE - Integer.numberOfTrailingZeros(table.length));
    }

    static long key(Host from, Host to) {
        return (long) from.index() << Integer.SIZE | to.index();
    }
}
