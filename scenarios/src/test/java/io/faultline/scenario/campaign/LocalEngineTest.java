package io.faultline.scenario.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.scenario.OwnCode;
import io.faultline.scenario.ScenarioWriter;
import io.faultline.scenario.Sketch;
import io.faultline.scenario.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.ToolProvider;

class LocalEngineTest {

    private static final String SOURCE =
            """
            package com.acme;

            import io.faultline.kernel.Trace;
            import io.faultline.report.invariant.OwnInvariant;
            import io.faultline.report.invariant.Rules;
            import io.faultline.report.invariant.Violation;
            import java.util.List;

            public record Never() implements OwnInvariant {
                public String description() {
                    return "%s";
                }

                public List<Violation> check(Trace trace, Rules rules) {
                    throw new IllegalStateException("%s");
                }
            }
            """;

    @TempDir private Path folder;

    /// Nothing on this side but the task says where the classes are; and the same scenario goes by
    /// whichever classes its task names.
    @Test
    void aTaskBringsTheClassesThatItsScenarioNames() throws IOException {
        var one = task(compiled("one"));
        var two = task(compiled("two"));
        assertThat(OwnCode.places()).isEmpty();
        var records = new ArrayList<RunRecord>();
        new LocalEngine(1).run(List.of(one, two, one).iterator(), records::add);
        assertThat(records)
                .extracting(record -> record.findings().firstEntry().getValue().split("[:,]")[1])
                .containsExactly(" one", " two", " one");
        assertThat(OwnCode.places()).isEmpty();
    }

    private Task task(Path classes) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnCode.loader(List.of(classes)));
        try {
            var sketch = Sketch.of(new Source("lossy", Lossy.TEXT)).always("com.acme.Never");
            var text = ScenarioWriter.write(sketch.scenario());
            return Task.ofJson(new Task(0, text, OwnCode.places(), "", 1, true).toJson());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Path compiled(String word) throws IOException {
        var classes = Files.createDirectories(folder.resolve(word));
        var source = Files.writeString(classes.resolve("Never.java"), SOURCE.formatted(word, word));
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-parameters",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(failed).isZero();
        return classes;
    }
}
