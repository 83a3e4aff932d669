package io.twinflow.triggers.cloudevents;

import io.cloudevents.CloudEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events in a request: one in headers and body, one as a document, or a batch of them (HTTP
 * Protocol Binding for CloudEvents 1.0.2, section 3). The SDK's reader leaves values of headers
 * percent-encoded.
 */
public final class HttpBinding {

  private static final String PREFIX = "ce-";

  /** Characters of a percent-encoded octet. */
  private static final int OCTET = 3;

  private static final String EXPECTED =
      "expected a CloudEvent: headers ce-id, ce-source, ce-type and ce-specversion, or a body of %s or %s"
          .formatted(JsonFormat.EVENT, JsonFormat.BATCH);

  private HttpBinding() {}

  /**
   * @param contentType null if none was given
   * @param headers by name in whatever case
   */
  public static List<CloudEvent> read(
      @Nullable String contentType, Map<String, String> headers, byte[] body)
      throws MalformedEventException {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    return switch (type.toLowerCase(Locale.ROOT)) {
      case JsonFormat.EVENT -> List.of(JsonFormat.read(body));
      case JsonFormat.BATCH -> JsonFormat.readBatch(body);
      default -> List.of(binary(contentType, type, headers, body));
    };
  }

  /**
   * What headers say of an event, by its attributes' names; empty if the body says it, or if it is
   * no event. A value that is not encoded as it should be stands for itself.
   */
  public static Map<String, String> attributes(
      @Nullable String contentType, Map<String, String> headers) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (contentType != null && isEvent(contentType)) {
      return attributes;
    }
    headers.forEach((header, value) -> {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        attributes.put(name.substring(PREFIX.length()), decodedOrRaw(name, value));
      }
    });
    return attributes;
  }

  private static boolean isEvent(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
  }

  private static String decodedOrRaw(String header, String value) {
    try {
      return decoded(header, value);
    } catch (MalformedEventException e) {
      return value;
    }
  }

  private static CloudEvent binary(
      @Nullable String contentType, String type, Map<String, String> headers, byte[] body)
      throws MalformedEventException {
    if (isEvent(type)) {
      throw new MalformedEventException(
          "Content-Type", "%s, found %s".formatted(EXPECTED, contentType));
    }
    Attributes attributes = new Attributes();
    boolean some = false;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        attributes.put(name.substring(PREFIX.length()), decoded(name, header.getValue()));
        some = true;
      }
    }
    if (!some) {
      throw new MalformedEventException("Content-Type", EXPECTED);
    }
    return attributes.event(contentType, body.length == 0 && contentType == null ? null : body);
  }

  /** Section 3.1.3.2: quotes are taken away, and what is percent-encoded is UTF-8. */
  private static String decoded(String header, String value) throws MalformedEventException {
    String text = value.strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int octet = text.charAt(i) == '%' ? octet(text, i) : -1;
      int end = octet < 0 ? text.offsetByCodePoints(i, 1) : i + OCTET;
      if (octet < 0) {
        bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(octet);
      }
      i = end;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEventException(
          header, "expected UTF-8, percent-encoded, found \"%s\"".formatted(value));
    }
  }

  /** A percent sign that begins no octet stands for itself. */
  private static int octet(String text, int at) {
    if (at + OCTET > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}
