package io.faultline.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The same scenario and seed give the same run, wherever and however often it runs.
class RepeatabilityTest {

    @Test
    void aSecondRunInTheSameJvmIsTheSame() {
        assertThat(fingerprint(42)).isEqualTo(fingerprint(42));
    }

    @Test
    void anotherSeedIsAnotherRun() {
        assertThat(fingerprint(42)).isNotEqualTo(fingerprint(43));
    }

    @Test
    void localeAndTimeZoneDoNotMatter() {
        var expected = fingerprint(42);
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            for (var tag : List.of("tr-TR", "ar-EG", "th-TH-u-nu-thai", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
                assertThat(fingerprint(42)).as(tag).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void runsBesideEachOtherDoNotMatter() throws Exception {
        try (var pool = Executors.newFixedThreadPool(4)) {
            Callable<String> run = () -> fingerprint(42);
            var results = new ArrayList<String>();
            for (var result : pool.invokeAll(java.util.Collections.nCopies(8, run))) {
                results.add(result.get());
            }
            assertThat(results).containsOnly(fingerprint(42));
        }
    }

    /// Another JVM, which interprets everything, collects garbage otherwise, hashes objects
    /// otherwise and lives elsewhere.
    @Test
    void anotherJvmDoesNotMatter() throws Exception {
        var expected = fingerprint(42);
        assertThat(
                        inAnotherJvm(
                                "-Xint",
                                "-XX:+UseSerialGC",
                                "-XX:hashCode=2",
                                "-Duser.language=tr",
                                "-Duser.timezone=Asia/Kathmandu"))
                .isEqualTo(expected);
    }

    private static String inAnotherJvm(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UnlockExperimentalVMOptions"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        RepeatabilityTest.class.getName(),
                        "42"));
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /// Prints the fingerprint of the run with a seed.
    public static void main(String[] arguments) {
        System.out.println(fingerprint(Long.parseLong(arguments[0])));
    }

    private static String fingerprint(long seed) {
        var scenario =
                new ScenarioParser()
                        .parse(Catalogue.load().find("three-regions"), Map.of())
                        .withSeed(seed);
        return Run.of(scenario, "replay", "test").result().fingerprint();
    }
}
