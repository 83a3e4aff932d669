package io.twinflow.executors.bundle;

import io.twinflow.executors.api.FailureKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** How an attempt ended of which no command writes a record: somebody gives its end. */
public sealed interface GivenEnd {

  /** Where the outputs of such an attempt stand, as of any tool that writes its output object. */
  String OBJECT = "cwl.output.json";

  /** What became of giving it. */
  enum Taking {
    /** It is the end, now or since it was given before. */
    TAKEN,
    /** Another one was given before. */
    ANOTHER,
    /** The attempt had ended otherwise, or nobody waits for it any more. */
    OVER
  }

  /** Who gives it, for people. */
  String from();

  /**
   * @param object the output object, in JSON
   */
  record Outputs(String from, String object) implements GivenEnd {}

  /**
   * @param reason for people
   */
  record Failure(String from, String reason) implements GivenEnd {}

  /** The record of it; lines that a place wants stand before its last. */
  default String record(Instant now, String more) {
    String how =
        switch (this) {
          case Outputs outputs -> "code=0";
          case Failure failure ->
              "kind=%s\nreason=%s"
                  .formatted(FailureKind.TASK, RecordText.escaped(failure.reason()));
        };
    return "%s\nhost=%s\nended=%d.%09d\nsiteId=\n%s\n%s(whole)\n"
        .formatted(
            how, RecordText.escaped(from()), now.getEpochSecond(), now.getNano(), mark(), more);
  }

  /** What is left when one end and a record are compared. */
  default Taking compare(String record) {
    if (record.lines().anyMatch(mark()::equals)) {
      return Taking.TAKEN;
    }
    return record.lines().anyMatch(line -> line.startsWith("given="))
        ? Taking.ANOTHER
        : Taking.OVER;
  }

  /** By which the same end is known again. */
  private String mark() {
    String content =
        switch (this) {
          case Outputs outputs -> "outputs " + outputs.object();
          case Failure failure -> "failure " + failure.reason();
        };
    return "given=" + digest("SHA-256", content.getBytes(StandardCharsets.UTF_8));
  }

  /** In lower-case hexadecimal digits. */
  static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
