package io.twinflow.engine.server;

import io.twinflow.engine.server.backup.BackupCommand;
import io.twinflow.engine.server.backup.RestoreCommand;
import io.twinflow.engine.server.boot.ServeCommand;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;

/** {@code twinflow serve}, {@code backup} and {@code restore}, as the launcher starts them. */
public final class Main {

  private static final String SERVE = "serve";
  private static final Map<String, Supplier<Callable<Integer>>> COMMANDS =
      Map.of(
          SERVE, ServeCommand::new, "backup", BackupCommand::new, "restore", RestoreCommand::new);

  private Main() {}

  public static void main(String[] args) {
    boolean named = args.length > 0 && COMMANDS.containsKey(args[0]);
    String word = named ? args[0] : SERVE;
    if (!word.equals(SERVE)) {
      onlyWarnings();
    }
    String[] options = named ? Arrays.copyOfRange(args, 1, args.length) : args;
    int code = line(word).execute(options);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine line(String word) {
    return new CommandLine(COMMANDS.getOrDefault(word, ServeCommand::new).get())
        .setCommandName("twinflow " + word)
        .setParameterExceptionHandler((e, words) -> StartFailure.wrongUsage(e))
        .setExecutionExceptionHandler((e, line, parsed) -> StartFailure.tell(e, line));
  }

  /** Spring sees to that for a server. */
  private static void onlyWarnings() {
    LoggingSystem logging = LoggingSystem.get(Main.class.getClassLoader());
    logging.beforeInitialize();
    logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
  }
}
