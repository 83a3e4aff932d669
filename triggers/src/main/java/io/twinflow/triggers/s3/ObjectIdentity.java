package io.twinflow.triggers.s3;

import io.twinflow.engine.core.plan.Digests;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.util.List;
import java.util.Set;

/**
 * Makes one id of all notifications of one change. The id that the S3 adapter makes of the request
 * is the same for all objects that one request deletes.
 */
final class ObjectIdentity {

  /** Ways to the same object, of which two may be told of one change. */
  private static final Set<String> FAMILIES = Set.of("ObjectCreated", "ObjectRemoved");

  private ObjectIdentity() {}

  static String of(ObjectFields fields) throws MalformedEventException {
    String name = fields.name();
    String family = name.split(":", 2)[0];
    return Digests.sha256(
        String.join(
            "\0",
            List.of(
                FAMILIES.contains(family) ? family : name,
                fields.deployment(),
                fields.bucket(),
                fields.key(),
                fields.version().isEmpty() ? fields.etag() : fields.version(),
                padded(fields.sequencer()))));
  }

  /** Sequencers are hexadecimal numbers that may be written with and without leading zeros. */
  private static String padded(String sequencer) {
    String digits = sequencer.toUpperCase(java.util.Locale.ROOT).replaceFirst("^0+", "");
    return digits.isEmpty() ? sequencer : digits;
  }
}
