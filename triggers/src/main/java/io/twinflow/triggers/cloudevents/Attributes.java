package io.twinflow.triggers.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the attributes of one event and checks them (CloudEvents 1.0.2, sections "Context
 * Attributes" and "Type System").
 */
public final class Attributes {

  /** The specification lets one hop refuse more than 64 KiB; nobody needs as much for one value. */
  public static final int LONGEST = 4096;

  private static final int MOST = 64;
  private static final List<String> REQUIRED = List.of("id", "source", "type");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,64}");

  /** What the type String excludes: control characters, and halves of surrogate pairs. */
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}\\x{FFFE}\\x{FFFF}]");

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Text that may be an attribute: what may not be in it is replaced by U+FFFD. */
  public static String printable(String text) {
    return NO_TEXT.matcher(text).replaceAll("\uFFFD");
  }

  /**
   * @param value a String, Boolean or Integer
   */
  public void put(String name, Object value) throws MalformedEventException {
    if (!NAME.matcher(name).matches()) {
      throw new MalformedEventException(
          name, "expected a name of up to 64 lower-case letters and digits");
    }
    if (value instanceof String text) {
      checkText(name, text);
    }
    if (values.put(name, value) != null) {
      throw new MalformedEventException(name, "it is there twice");
    }
    if (values.size() > MOST) {
      throw new MalformedEventException(
          name, "an event may have at most %d attributes".formatted(MOST));
    }
  }

  private static void checkText(String name, String text) throws MalformedEventException {
    if (text.length() > LONGEST) {
      throw new MalformedEventException(
          name, "expected at most %d characters, found %d".formatted(LONGEST, text.length()));
    }
    if (NO_TEXT.matcher(text).find()) {
      throw new MalformedEventException(name, "a control character, or half a character, is in it");
    }
  }

  /**
   * @param mediaType null if nobody said
   * @param data null if there is none
   */
  public CloudEvent event(@Nullable String mediaType, byte @Nullable [] data)
      throws MalformedEventException {
    checkVersion();
    for (String name : REQUIRED) {
      if (!values.containsKey(name)) {
        throw new MalformedEventException(name, "it is missing; every event has one");
      }
    }
    CloudEventBuilder event = CloudEventBuilder.v1();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      set(event, entry.getKey(), entry.getValue());
    }
    if (mediaType != null) {
      checkText("datacontenttype", mediaType);
      event.withDataContentType(mediaType);
    }
    if (data != null) {
      event.withData(data);
    }
    return event.build();
  }

  private void checkVersion() throws MalformedEventException {
    Object version = values.remove("specversion");
    if (version == null) {
      throw new MalformedEventException("specversion", "it is missing; expected 1.0");
    }
    if (!version.equals("1.0")) {
      throw new MalformedEventException(
          "specversion", "expected 1.0, found \"%s\"".formatted(version));
    }
  }

  private static void set(CloudEventBuilder event, String name, Object value)
      throws MalformedEventException {
    switch (name) {
      case "id" -> event.withId(text(name, value));
      case "source" -> event.withSource(uri(name, text(name, value)));
      case "type" -> event.withType(text(name, value));
      case "subject" -> event.withSubject(text(name, value));
      case "dataschema" -> event.withDataSchema(absolute(name, uri(name, text(name, value))));
      case "time" -> event.withTime(time(text(name, value)));
      case "datacontenttype", "data", "database64" ->
          throw new MalformedEventException(name, "this name is not free for an extension");
      default -> {
        switch (value) {
          case Boolean flag -> event.withExtension(name, flag);
          case Integer number -> event.withExtension(name, number);
          default -> event.withExtension(name, value.toString());
        }
      }
    }
  }

  private static String text(String name, Object value) throws MalformedEventException {
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new MalformedEventException(name, "expected some text, found \"%s\"".formatted(value));
  }

  private static URI uri(String name, String text) throws MalformedEventException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new MalformedEventException(
          name,
          "expected a URI reference (RFC 3986), found \"%s\": %s at character %d"
              .formatted(text, e.getReason(), e.getIndex() + 1));
    }
  }

  private static URI absolute(String name, URI uri) throws MalformedEventException {
    if (!uri.isAbsolute()) {
      throw new MalformedEventException(
          name, "expected an absolute URI, found \"%s\"".formatted(uri));
    }
    return uri;
  }

  private static OffsetDateTime time(String text) throws MalformedEventException {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new MalformedEventException(
          "time",
          "expected a time as RFC 3339 writes it (2026-11-21T12:00:00Z), found \"%s\""
              .formatted(text));
    }
  }
}
