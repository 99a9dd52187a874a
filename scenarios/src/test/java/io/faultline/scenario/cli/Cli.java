package io.faultline.scenario.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What one command printed, and its exit code.
record Cli(int code, String out, String err) {

    static Cli run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}
