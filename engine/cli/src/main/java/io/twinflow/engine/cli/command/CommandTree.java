package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.Interruption;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.workflowdefs.source.NearestName;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Finds the command that the first word names and carries it out. Only that command is built,
 * because each one built costs a start some milliseconds.
 */
public final class CommandTree {

  private static final String NAME = "twinflow";

  private final Context context;
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  public CommandTree(Invocation invocation, Interruption interruption) {
    context = new Context(invocation, interruption);
    commands.put("run", () -> new RunCommand(context));
    commands.put("validate", () -> new ValidateCommand(context));
    commands.put("graph", () -> new GraphCommand(context));
    commands.put("pause", () -> new PauseCommand(context));
    commands.put("cancel", () -> new CancelCommand(context));
    commands.put("resume", () -> new ResumeCommand(context));
    commands.put("retry", () -> new RetryCommand(context));
    commands.put("runs", () -> new RunsCommand(context));
    commands.put("show", () -> new ShowCommand(context));
    commands.put("logs", () -> new LogsCommand(context));
    commands.put("sites", () -> new SitesCommand(context));
    commands.put("cache", () -> new CacheCommand(context));
    commands.put("serve", ServerProgram.Serve::new);
    commands.put("backup", ServerProgram.Backup::new);
    commands.put("restore", ServerProgram.Restore::new);
    commands.put("submit", () -> new SubmitCommand(context));
    commands.put("list", () -> new ListCommand(context));
    commands.put("queue", () -> new QueueCommand(context));
    commands.put("status", () -> new StatusCommand(context));
    commands.put("watch", () -> new WatchCommand(context));
    commands.put("outputs", () -> new OutputsCommand(context));
    commands.put("triggers", () -> new TriggersCommand(context));
    commands.put("sources", () -> new SourcesCommand(context));
    commands.put("retention", () -> new RetentionCommand(context));
    commands.put("gc", () -> new GcCommand(context));
    commands.put("completion", () -> new CompletionCommand(context, this::whole));
    commands.put("version", () -> new VersionCommand(context));
  }

  public int execute(String... args) {
    if (args.length == 0) {
      whole().usage(context.invocation().err());
      return ExitCode.USAGE;
    }
    String first = args[0];
    switch (first) {
      case "--help", "-h", "help" -> {
        if (args.length > 1 && commands.containsKey(args[1])) {
          return execute(args[1], "--help");
        }
        whole().usage(context.invocation().out());
        return ExitCode.SUCCESS;
      }
      case "--version", "-V" -> {
        return execute("version");
      }
      default -> {
        Supplier<Object> command = commands.get(first);
        if (command == null) {
          return unknown(first);
        }
        return call(first, command.get(), List.of(args).subList(1, args.length));
      }
    }
  }

  private int unknown(String word) {
    String hint = NearestName.hint(word, commands.keySet());
    boolean document = word.endsWith(".cwl") || word.contains("/");
    context.say(
        NAME
            + ": there is no command '"
            + word
            + "'."
            + (document ? " To run a workflow: twinflow run " + word : hint)
            + "\nCommands: "
            + String.join(", ", commands.keySet()));
    return ExitCode.USAGE;
  }

  private int call(String name, Object command, List<String> args) {
    CommandLine line = configure(new CommandLine(command)).setCommandName(NAME + " " + name);
    // What stands after a workflow is its own first: an input may be called as an option is.
    line.setStopAtPositional(command instanceof RunCommand || command instanceof SubmitCommand);
    try {
      return line.execute(args.toArray(String[]::new));
    } catch (StackOverflowError | OutOfMemoryError e) {
      return InternalError.report(context, e);
    }
  }

  private CommandLine configure(CommandLine line) {
    Invocation invocation = context.invocation();
    CommandLine.Help.Ansi ansi =
        invocation.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    return line.setOut(new PrintWriter(invocation.out(), true))
        .setErr(new PrintWriter(invocation.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler((e, args) -> usage(e))
        .setExecutionExceptionHandler((e, cmd, parsed) -> failed(e));
  }

  private int usage(CommandLine.ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    context.say(command + ": " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(
        e, new PrintWriter(context.invocation().err(), true));
    context.say("Try '" + command + " --help'.");
    return ExitCode.USAGE;
  }

  private int failed(Exception e) {
    if (e instanceof CliException known) {
      String message = String.valueOf(known.getMessage());
      if (!message.isEmpty()) {
        context.say(message);
      }
      return known.exitCode();
    }
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED;
    }
    return InternalError.report(context, e);
  }

  /** All commands, for help and completion. */
  private CommandLine whole() {
    CommandLine root = new CommandLine(new RootCommand());
    commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
    return configure(root);
  }
}
