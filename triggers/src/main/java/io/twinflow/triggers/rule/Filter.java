package io.twinflow.triggers.rule;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.cloudevents.MediaTypes;
import io.twinflow.triggers.s3.S3Object;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events a trigger is for: all conditions must hold.
 *
 * @param source of the attribute {@code source}
 * @param subject for events of buckets: the object's key
 * @param least bytes of the object, or of the event's data where there is none
 */
record Filter(
    @Nullable Glob source,
    @Nullable Glob type,
    @Nullable Glob subject,
    @Nullable MediaRange mediaType,
    long least,
    long most,
    @Nullable Sql sql) {

  static Filter of(Settings settings) throws InvalidSettingException {
    Optional<Settings> size = settings.section("size", "fields: least, most");
    Filter filter =
        new Filter(
            glob(settings, "source"),
            glob(settings, "type"),
            glob(settings, "subject"),
            mediaType(settings),
            size.isEmpty() ? 0 : size.get().bytes("least").orElse(0L),
            size.isEmpty() ? Long.MAX_VALUE : size.get().bytes("most").orElse(Long.MAX_VALUE),
            sql(settings));
    if (filter.source == null
        && filter.type == null
        && filter.subject == null
        && filter.sql == null) {
      throw settings.wrong(
          "type", "at least one of source, type, subject and sql: no trigger is for all events");
    }
    return filter;
  }

  private static @Nullable Glob glob(Settings settings, String field)
      throws InvalidSettingException {
    Optional<String> text = settings.text(field, Glob.EXPECTED);
    try {
      return text.isEmpty() ? null : Glob.of(text.get());
    } catch (IllegalArgumentException e) {
      throw settings.wrong(field, Glob.EXPECTED);
    }
  }

  private static @Nullable MediaRange mediaType(Settings settings) throws InvalidSettingException {
    Optional<String> text = settings.text("mediaType", MediaRange.EXPECTED);
    try {
      return text.isEmpty() ? null : MediaRange.of(text.get());
    } catch (IllegalArgumentException e) {
      throw settings.wrong("mediaType", MediaRange.EXPECTED);
    }
  }

  private static @Nullable Sql sql(Settings settings) throws InvalidSettingException {
    Optional<String> text = settings.text("sql", Sql.EXPECTED);
    try {
      return text.isEmpty() ? null : Sql.of(text.get());
    } catch (IllegalArgumentException e) {
      throw settings.wrong("sql", "%s (%s)".formatted(Sql.EXPECTED, e.getMessage()));
    }
  }

  boolean maySee(String bucket, String keys) {
    return may(type, S3Object.TYPE + "ObjectCreated:")
        && may(subject, keys)
        && (source == null || source.mayEndWith("." + bucket));
  }

  boolean maySee(CloudEvent like, String subjects) {
    return refusal("source", source, like.getSource().toString()).isEmpty()
        && refusal("type", type, like.getType()).isEmpty()
        && may(subject, subjects)
        && (sql == null || sql.refusal(like).isEmpty());
  }

  private static boolean may(@Nullable Glob glob, String beginning) {
    return glob == null
        || glob.prefix().startsWith(beginning)
        || beginning.startsWith(glob.prefix());
  }

  Beginnings beginnings() {
    return new Beginnings(prefix(source), prefix(type), prefix(subject));
  }

  private static String prefix(@Nullable Glob glob) {
    return glob == null ? "" : glob.prefix();
  }

  /** Why an event does not match, in a sentence for its trigger's maker; empty if it does. */
  Optional<String> refusal(CloudEvent event) {
    Optional<String> attribute =
        refusal("source", source, event.getSource().toString())
            .or(() -> refusal("type", type, event.getType()))
            .or(() -> refusal("subject", subject, event.getSubject()));
    return attribute
        .or(() -> ofContent(event))
        .or(() -> sql == null ? Optional.empty() : sql.refusal(event));
  }

  private static Optional<String> refusal(
      String name, @Nullable Glob wanted, @Nullable String found) {
    if (wanted == null || (found != null && wanted.matches(found))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: expected %s, found %s"
            .formatted(name, wanted, found == null ? "none" : "'" + found + "'"));
  }

  private Optional<String> ofContent(CloudEvent event) {
    if (mediaType == null && least == 0 && most == Long.MAX_VALUE) {
      return Optional.empty();
    }
    Optional<S3Object> object = S3Object.of(event);
    String found = object.map(S3Object::mediaType).orElse(event.getDataContentType());
    if (mediaType != null && !mediaType.matches(found)) {
      String plain = MediaTypes.plain(found);
      return Optional.of(
          "mediaType: expected %s, found %s"
              .formatted(mediaType, plain.isEmpty() ? "none" : plain));
    }
    CloudEventData data = event.getData();
    long size = object.map(S3Object::size).orElse(data == null ? 0L : (long) data.toBytes().length);
    if (size < least || size > most) {
      return Optional.of(
          "size: expected %d to %s bytes, found %s"
              .formatted(
                  least,
                  most == Long.MAX_VALUE ? "any number of" : Long.toString(most),
                  size < 0 ? "none told" : Long.toString(size)));
    }
    return Optional.empty();
  }
}
