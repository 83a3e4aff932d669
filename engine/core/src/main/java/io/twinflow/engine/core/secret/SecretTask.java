package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last step before a site gets an attempt: texts take the places of their handles. */
public final class SecretTask {

  private SecretTask() {}

  /** Whether something in it will be replaced. */
  public static boolean uses(TaskSpec task) {
    return task.command().stream().anyMatch(Handle::isIn)
        || task.environment().values().stream().anyMatch(Handle::isIn)
        || task.staging().stream().anyMatch(SecretTask::isSecret);
  }

  private static boolean isSecret(Staging entry) {
    return entry instanceof Staging.WriteText text && Handle.isIn(text.text());
  }

  /**
   * Names of files and programs are shown, kept and listed everywhere.
   *
   * @throws FailureException of kind USER if a secret stands in one
   */
  public static void refuseInNames(TaskSpec task) throws FailureException {
    List<String> names = new ArrayList<>(task.collect());
    task.staging().forEach(entry -> names.add(entry.target()));
    task.command().stream().limit(1).forEach(names::add);
    for (String stream : new String[] {task.stdin(), task.stdout(), task.stderr()}) {
      if (stream != null) {
        names.add(stream);
      }
    }
    for (String name : names) {
      if (Handle.isIn(name)) {
        throw new FailureException(
            new Failure(
                FailureKind.USER,
                "secret.name",
                "a secret cannot be part of the name of a file or program, because names are shown: '%s'; give it in an argument, a variable or the text of a file"
                    .formatted(Handle.masked(name))));
      }
    }
  }

  public static Batch reveal(Batch batch, Secrets secrets) {
    return secrets.isEmpty()
        ? batch
        : new Batch(
            batch.key(), batch.tasks().stream().map(task -> reveal(task, secrets)).toList());
  }

  private static TaskSpec reveal(TaskSpec task, Secrets secrets) {
    if (!uses(task)) {
      return task;
    }
    Map<String, String> environment = new LinkedHashMap<>();
    task.environment().forEach((name, value) -> environment.put(name, secrets.reveal(value)));
    return new TaskSpec(
        task.attempt(),
        task.name(),
        task.command().stream().map(secrets::reveal).toList(),
        task.displayCommand(),
        environment,
        task.stdin(),
        task.stdout(),
        task.stderr(),
        task.layout(),
        task.staging().stream().map(entry -> reveal(entry, secrets)).toList(),
        task.resources(),
        task.container(),
        task.timeLimit(),
        task.networkAccess(),
        task.collect());
  }

  private static Staging reveal(Staging entry, Secrets secrets) {
    return entry instanceof Staging.WriteText text && isSecret(text)
        ? new Staging.WriteText(secrets.reveal(text.text()), text.target(), text.writable(), true)
        : entry;
  }
}
