package io.faultline.scenario.cli;

import io.faultline.scenario.OwnCode;
import io.faultline.scenario.ScenarioException;
import io.faultline.scenario.campaign.DamagedResults;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The command line.
@Command(
        name = "faultline",
        description = "Replays failures of partitioned distributed systems in virtual time.%n",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            SearchCommand.class,
            ReplayCommand.class,
            SweepCommand.class,
            ShrinkCommand.class,
            ExplainCommand.class,
            CheckCommand.class,
            ScenarioCommand.class,
            DoctorCommand.class,
            VersionCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    all expectations held",
            "  1    safety was violated",
            "  2    inconclusive: the run proved nothing",
            "  3    liveness was violated",
            "  4    a threshold was missed",
            "  5    a run went differently a second time",
            "  64   the command line makes no sense",
            "  65   the scenario is wrong, or results are damaged",
            "  66   there is no such scenario",
            "  70   a fault of our own, or of a class of yours; it says which",
            "  74   results could not be written",
            "  130  interrupted; what there was until then is written",
            "  143  terminated, and the same; a second signal ends it at once",
            "",
            "For example: ./faultline run three-regions"
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, arguments);
        out.flush();
        System.exit(out.checkError() ? Exit.OUTPUT : code);
    }

    /// Runs one command.
    ///
    /// @return its exit code
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var commandLine = commands();
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(Main::misused);
        commandLine.setExecutionExceptionHandler(
                (thrown, line, _) -> failed(thrown, line.getErr(), List.of(arguments)));
        var thread = Thread.currentThread();
        var classes = thread.getContextClassLoader();
        try {
            return commandLine.execute(arguments);
        } catch (Error e) {
            return failed(e, err, List.of(arguments));
        } finally {
            thread.setContextClassLoader(classes);
            out.flush();
        }
    }

    /// All commands and their options.
    public static CommandLine commands() {
        var commandLine = new CommandLine(new Main());
        commandLine.addSubcommand("completion", new GenerateCompletion());
        commandLine
                .getSubcommands()
                .get("completion")
                .getCommandSpec()
                .usageMessage()
                .description(
                        "Prints a completion script for bash and zsh:%n  source <(./faultline"
                                + " completion)");
        return commandLine;
    }

    /// Without a subcommand there is nothing to do but to say what there is.
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: try 'run three-regions' or '--help'");
    }

    private static int misused(ParameterException misuse, String[] arguments) {
        var err = misuse.getCommandLine().getErr();
        err.println("faultline: " + misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println(
                "Try '"
                        + misuse.getCommandLine().getCommandSpec().qualifiedName()
                        + " --help' for more.");
        return Exit.USAGE;
    }

    private static int failed(Throwable thrown, PrintWriter err, List<String> arguments) {
        return switch (thrown) {
            case ScenarioException invalid -> {
                err.println(invalid.getMessage());
                yield invalid.isMissing() ? Exit.MISSING_SCENARIO : Exit.INVALID_SCENARIO;
            }
            case DamagedResults damaged -> {
                err.println("faultline: " + damaged.getMessage());
                yield Exit.INVALID_SCENARIO;
            }
            case UncheckedIOException e -> {
                err.println("faultline: cannot write " + reason(e.getCause()));
                yield Exit.OUTPUT;
            }
            case OutOfMemoryError _ -> {
                err.println(
                        "faultline: there is not enough memory for this; allow more of it with"
                                + " FAULTLINE_JAVA_OPTS=-Xmx8g");
                yield repeat(err, arguments);
            }
            default -> {
                err.println(
                        OwnCode.culprit(thrown)
                                .map(place ->
                                        "faultline: a class of yours threw, at " + place + ":")
                                .orElse(
                                        "faultline: this is a fault of our own, please report"
                                                + " it:"));
                err.println("  " + thrown);
                stackTrace(thrown)
                        .ifPresent(file -> err.println("  its stack trace is in " + file));
                yield repeat(err, arguments);
            }
        };
    }

    /// The file that something could not be done with, and why not.
    private static String reason(IOException e) {
        var why =
                switch (e) {
                    case AccessDeniedException _ -> "permission denied";
                    case NoSuchFileException _ -> "there is no such folder";
                    case FileAlreadyExistsException _ -> "a file is in its place";
                    case FileSystemException f when f.getReason() != null -> f.getReason();
                    default -> "";
                };
        return e instanceof FileSystemException f && !why.isEmpty()
                ? f.getFile() + ": " + why
                : e.getMessage();
    }

    private static int repeat(PrintWriter err, List<String> arguments) {
        err.println(
                "reproduce: ./faultline "
                        + arguments.stream()
                                .map(ScenarioSource::quoted)
                                .collect(Collectors.joining(" ")));
        return Exit.INTERNAL;
    }

    private static Optional<Path> stackTrace(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        try {
            return Optional.of(
                    Files.writeString(
                            Files.createTempFile("faultline-", ".txt"), trace.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
