package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jdk.jfr.Event;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

class RunLogTest {

    @TempDir private Path folder;

    @Test
    void aSearchThatWasCutOffAtAnyByteOfItsLastTwoLinesGoesOnToTheSameSummary() throws IOException {
        var whole = folder.resolve("whole.ndjson");
        var expected = search(whole, "1..6");
        var bytes = Files.readAllBytes(whole);
        int line = Files.readString(whole).split("(?<=\n)", -1)[4].length();
        int last = Files.readString(whole).split("(?<=\n)", -1)[5].length();
        int steps = 0;
        // Every byte near the ends of lines, and one in 97 of the measurements between them.
        for (int cut = bytes.length - line - last; cut < bytes.length; cut++) {
            int fromEnd = bytes.length - cut;
            boolean near =
                    fromEnd < 40 || Math.abs(fromEnd - last) < 40 || fromEnd > line + last - 40;
            if (!near && cut % 97 != 0) {
                continue;
            }
            var torn = folder.resolve("torn.ndjson");
            Files.write(torn, Arrays.copyOf(bytes, cut));
            assertThat(search(torn, "1..6")).as("cut at %d", cut).isEqualTo(expected);
            assertThat(sorted(torn)).isEqualTo(sorted(whole));
            steps++;
        }
        assertThat(steps).isGreaterThan(120);
    }

    @Test
    void whatIsInTheLogIsNotRunAgain() throws IOException {
        var file = folder.resolve("runs.ndjson");
        search(file, "1..4");
        Engine none =
                new Engine() {
                    @Override
                    public void run(
                            java.util.Iterator<Task> tasks,
                            java.util.function.Consumer<RunRecord> records) {
                        assertThat(tasks.hasNext()).isFalse();
                    }

                    @Override
                    public void interrupt() {}
                };
        try (var log = RunLog.open(file)) {
            var search = new Search(Lossy.plan("1..4"), log);
            search.run(none);
            assertThat(search.ending()).contains(Search.Ending.ALL);
            assertThat(search.summary().runs()).isEqualTo(4);
        }
    }

    @Test
    void aLogThatIsDamagedInTheMiddleIsRefused() throws IOException {
        var file = folder.resolve("runs.ndjson");
        search(file, "1..3");
        var text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\n\\{", "\n?"));
        assertThatThrownBy(() -> RunLog.open(file))
                .isInstanceOf(DamagedResults.class)
                .hasMessageContaining("damaged");
    }

    /// A record is about to be appended.
    static final class Append extends Event {}

    /// The virtual machine notes each time that it forces a file to the disk (f), and this test
    /// each time that it appends (a).
    @Test
    void whatIsWrittenIsForcedToTheDiskOnceASecondAndAtTheEnd() throws Exception {
        var file = folder.resolve("runs.ndjson");
        var copy = folder.resolve("copy.ndjson");
        search(file, "1..5");
        var clock = new AtomicLong();
        try (var recording = new Recording()) {
            recording.enable(Append.class);
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            try (var from = RunLog.open(file);
                    var log = RunLog.open(copy, clock::get)) {
                for (long seed = 1; seed <= 5; seed++) {
                    clock.addAndGet(400_000_000);
                    new Append().commit();
                    log.append(from.find(0, seed).orElseThrow());
                }
            }
            recording.stop();
            recording.dump(folder.resolve("events.jfr"));
        }
        var order =
                RecordingFile.readAllEvents(folder.resolve("events.jfr")).stream()
                        .filter(event -> isAppend(event) || isOf(copy, event))
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                        .map(event -> isAppend(event) ? "a" : "f")
                        .collect(Collectors.joining());
        assertThat(order).isEqualTo("aaafaaf");
    }

    private static boolean isAppend(RecordedEvent event) {
        return event.getEventType().getName().equals(Append.class.getName());
    }

    private static boolean isOf(Path file, RecordedEvent event) {
        return event.hasField("path") && file.toString().equals(event.getString("path"));
    }

    private static String search(Path file, String seeds) throws IOException {
        try (var log = RunLog.open(file)) {
            var plan = Lossy.plan(seeds);
            var search = new Search(plan, log);
            search.run(new LocalEngine(1));
            return new SearchReport(plan, search.summary(), search.ending().orElseThrow(), "test")
                    .json();
        }
    }

    private static List<String> sorted(Path file) throws IOException {
        return Files.readAllLines(file).stream().sorted().toList();
    }
}
