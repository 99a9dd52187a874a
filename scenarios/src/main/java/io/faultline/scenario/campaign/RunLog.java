package io.faultline.scenario.campaign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The records of a campaign on disk, one on each line in the order in which they came, so that a
/// program that is killed loses nothing but what it was about to write. What was written before the
/// last second, and all of it in the end, is on the disk even if the machine fails.
///
/// Only where each record begins is kept in memory. A program that opens the file has it for
/// itself; its threads may share it.
public final class RunLog implements AutoCloseable {

    private static final int BLOCK = 1 << 16;
    private static final long SECOND = 1_000_000_000;

    /// What every record begins with.
    private static final String BEGIN = "{\"schemaVersion\":";

    private final Path file;
    private final FileChannel channel;
    private final LongSupplier nanoTime;
    private final Map<Key, Long> offsets = new HashMap<>();
    private long end;
    private long forced;

    private record Key(int cell, long seed) {}

    private RunLog(Path file, FileChannel channel, LongSupplier nanoTime) {
        this.file = file;
        this.channel = channel;
        this.nanoTime = nanoTime;
        forced = nanoTime.getAsLong();
    }

    /// Opens a log, or makes an empty one. A last line that is torn off is dropped.
    ///
    /// @throws IOException if another program uses it
    /// @throws DamagedResults if it is damaged elsewhere
    public static RunLog open(Path file) throws IOException {
        return open(file, System::nanoTime);
    }

    /// As [#open(Path)], with another clock by which to force what is written to the disk.
    static RunLog open(Path file, LongSupplier nanoTime) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        var log = new RunLog(file, channel, nanoTime);
        try {
            if (channel.tryLock() == null) {
                throw new IOException(file + " is in use by another program");
            }
            log.index();
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Looks for a run in a log that somebody else may be writing.
    ///
    /// @throws DamagedResults if its record is
    static Optional<RunRecord> find(Path file, long seed) throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> key(line).filter(key -> key.seed() == seed).isPresent())
                    .findFirst()
                    .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                    .map(line -> record(file, new String(line, StandardCharsets.UTF_8)));
        }
    }

    /// The seeds in a log that somebody else may be writing.
    static Seeds seeds(Path file) throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return Seeds.of(lines.flatMap(line -> key(line).stream()).map(Key::seed).toList());
        }
    }

    private static RunRecord record(Path file, String line) {
        try {
            return RunRecord.ofJson(line);
        } catch (IllegalArgumentException e) {
            throw new DamagedResults(file, e.getMessage());
        }
    }

    /// How many records there are.
    public synchronized int size() {
        return offsets.size();
    }

    /// How many records there are of the first cell with one of these seeds.
    public synchronized long size(Seeds seeds) {
        return offsets.keySet().stream()
                .filter(key -> key.cell() == 0 && seeds.contains(key.seed()))
                .count();
    }

    public synchronized boolean has(int cell, long seed) {
        return offsets.containsKey(new Key(cell, seed));
    }

    /// Adds a record; a second one of the same run is left out.
    public void append(RunRecord record) {
        var line = (record.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
        append(new Key(record.cell(), record.seed()), ByteBuffer.wrap(line));
    }

    /// Adds all records of another log, but for runs that there are here.
    public void append(RunLog other) {
        for (var run : other.places()) {
            var line = new ByteArrayOutputStream();
            line.writeBytes(other.line(run.getValue()));
            line.write('\n');
            append(run.getKey(), ByteBuffer.wrap(line.toByteArray()));
        }
    }

    /// Where the records are, in their order.
    private synchronized List<Map.Entry<Key, Long>> places() {
        return offsets.entrySet().stream()
                .map(run -> Map.entry(run.getKey(), run.getValue()))
                .sorted(Map.Entry.comparingByValue())
                .toList();
    }

    private synchronized void append(Key key, ByteBuffer line) {
        if (offsets.containsKey(key)) {
            return;
        }
        int length = line.remaining();
        try {
            while (line.hasRemaining()) {
                channel.write(line, end + line.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        offsets.put(key, end);
        end += length;
        if (nanoTime.getAsLong() - forced >= SECOND) {
            force();
        }
    }

    private void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        forced = nanoTime.getAsLong();
    }

    /// The record of a run, if there is one.
    public synchronized Optional<RunRecord> find(int cell, long seed) {
        return Optional.ofNullable(offsets.get(new Key(cell, seed)))
                .map(offset -> record(file, new String(line(offset), StandardCharsets.UTF_8)));
    }

    @Override
    public synchronized void close() throws IOException {
        try (channel) {
            force();
        }
    }

    private void index() throws IOException {
        long size = channel.size();
        while (end < size) {
            var bytes = line(end);
            var line = new String(bytes, StandardCharsets.UTF_8);
            int length = bytes.length + 1;
            var key = end + length > size ? Optional.<Key>empty() : key(line);
            if (key.isEmpty()) {
                if (end + length >= size && isTorn(line)) {
                    break; // Whoever wrote it did not come to its end.
                }
                throw new DamagedResults(file, "what begins at byte " + end + " is no run");
            }
            offsets.putIfAbsent(key.get(), end);
            end += length;
        }
        channel.truncate(end);
    }

    private static boolean isTorn(String line) {
        return line.startsWith(BEGIN) || BEGIN.startsWith(line);
    }

    private static Optional<Key> key(String line) {
        try {
            var fields = Fields.read(line);
            if (fields.number("schemaVersion") != RunRecord.SCHEMA_VERSION) {
                return Optional.empty();
            }
            return Optional.of(new Key((int) fields.number("cell"), fields.number("seed")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The line that begins at a byte, without its end.
    private byte[] line(long offset) {
        var bytes = new ByteArrayOutputStream();
        var block = ByteBuffer.allocate(BLOCK);
        try {
            for (long at = offset; channel.read(block.clear(), at) > 0; at += block.limit()) {
                block.flip();
                for (int i = 0; i < block.limit(); i++) {
                    if (block.get(i) == '\n') {
                        bytes.write(block.array(), 0, i);
                        return bytes.toByteArray();
                    }
                }
                bytes.write(block.array(), 0, block.limit());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
