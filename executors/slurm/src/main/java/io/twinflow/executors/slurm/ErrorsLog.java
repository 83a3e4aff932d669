package io.twinflow.executors.slurm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The standard error of a batch's jobs in the folder that all share. */
record ErrorsLog(Ledger ledger) implements JobErrors {

  private static final int TAIL = 2_000;

  /** As the daemon of a node writes why it ends a job, and what that is as a state. */
  private static final Map<String, String> STATES =
      Map.of(
          "", "CANCELLED",
          "TIME LIMIT", "TIMEOUT",
          "PREEMPTION", "PREEMPTED",
          "NODE FAILURE", "NODE_FAIL");

  @Override
  public String quoted(Followed followed) {
    try {
      return tail(followed)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((a, b) -> b)
          .map(line -> "; its batch's errors end: " + line.strip())
          .orElse("");
    } catch (IOException e) {
      return "; %s cannot be read: %s".formatted(file(followed), e.getMessage());
    }
  }

  /** Empty for a task of an array, which nodes call by a number that only the controller knew. */
  @Override
  public Optional<JobEnd> end(Followed followed) {
    if (followed.array()) {
      return Optional.empty();
    }
    Pattern said =
        Pattern.compile(
            "\\*\\*\\* JOB %d ON \\S+ CANCELLED AT \\S+(?: DUE TO ([A-Z ]+))? \\*\\*\\*"
                .formatted(followed.job()));
    try {
      return tail(followed)
          .lines()
          .flatMap(line -> said.matcher(line).results())
          .reduce((a, b) -> b)
          .flatMap(found -> Optional.ofNullable(STATES.get(why(found))))
          .map(state -> new JobEnd(state, null));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean tellsOfMemory(Followed followed) {
    if (followed.array()) {
      return false;
    }
    String words = "StepId=%d.batch exceeded memory limit".formatted(followed.job());
    try {
      return tail(followed).lines().anyMatch(line -> line.contains(words));
    } catch (IOException e) {
      return false;
    }
  }

  private static String why(MatchResult found) {
    return found.group(1) == null ? "" : found.group(1);
  }

  private Path file(Followed followed) {
    return FolderNotes.of(ledger, followed.batch()).errors();
  }

  private String tail(Followed followed) throws IOException {
    try (FileChannel channel = FileChannel.open(file(followed))) {
      ByteBuffer tail = ByteBuffer.allocate(TAIL);
      channel.read(tail, Math.max(0, channel.size() - TAIL));
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
