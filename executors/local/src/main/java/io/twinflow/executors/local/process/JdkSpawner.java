package io.twinflow.executors.local.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** For systems whose C library lacks what {@link NativeSpawner} needs; knows no CPU time. */
final class JdkSpawner implements Spawner {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final boolean ownSession = Files.isExecutable(SETSID);

  @Override
  public Child spawn(Launch launch) throws SpawnException {
    List<String> command = new ArrayList<>();
    if (ownSession) {
      command.add(SETSID.toString());
    }
    Path status = launch.status();
    if (status != null) {
      // The JDK knows three descriptors.
      command.addAll(List.of("/bin/sh", "-c", "exec 3>>\"$0\"; exec \"$@\"", status.toString()));
    }
    command.add(launch.program().toString());
    command.addAll(launch.arguments().subList(1, launch.arguments().size()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(launch.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    builder.redirectInput(launch.stdin().toFile());
    builder.redirectOutput(Redirect.appendTo(launch.stdout().toFile()));
    if (launch.stdout().equals(launch.stderr())) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(Redirect.appendTo(launch.stderr().toFile()));
    }
    try {
      return new JdkChild(builder.start());
    } catch (IOException e) {
      throw new SpawnException(launch, e);
    }
  }

  private record JdkChild(Process process) implements Child {

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public Ending await() {
      boolean interrupted = false;
      while (true) {
        try {
          int code = process.waitFor();
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
          return new Ending(code, 0, null, null);
        } catch (InterruptedException e) {
          // Who runs an attempt ends it by stopping its process, never by an interrupt.
          interrupted = true;
        }
      }
    }
  }
}
