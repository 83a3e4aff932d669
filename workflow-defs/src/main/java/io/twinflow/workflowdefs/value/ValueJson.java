package io.twinflow.workflowdefs.value;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Values as JSON and back. Numbers go there and back exactly; a File or Directory is an object with
 * {@code class}. Locations and paths are kept as they are.
 */
public final class ValueJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ValueJson() {}

  /** On one line. */
  public static String write(Value value) {
    StringWriter text = new StringWriter();
    write(value, text);
    return text.toString();
  }

  /** On one line, to a writer that stays open. */
  public static void write(Value value, Writer out) {
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), leaveOpen(out))) {
      ValueGenerator.write(value, json);
    }
  }

  /** Indented by four spaces, as the output object of a CWL runner. */
  public static String writePretty(Value value) {
    StringBuilder text = new StringBuilder();
    PrettyJson.append(value, text);
    return text.toString();
  }

  /** Indented, in UTF-8, to a stream that stays open. */
  public static void writePretty(Value value, OutputStream out) throws IOException {
    out.write(writePretty(value).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws InvalidJsonException if the text is not one JSON value
   */
  public static Value read(String text) throws InvalidJsonException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return readOne(parser);
    } catch (JacksonException e) {
      throw new InvalidJsonException(e);
    }
  }

  /** Reads all of the reader, which stays open. */
  public static Value read(Reader in) throws InvalidJsonException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      return readOne(parser);
    } catch (JacksonException e) {
      throw new InvalidJsonException(e);
    }
  }

  /**
   * Takes a value.
   *
   * @param <X> what may go wrong with it
   */
  @FunctionalInterface
  public interface Each<X extends Exception> {
    void take(Value value) throws X;
  }

  /**
   * Reads values that stand one after the other, such as lines, each when the one before it has
   * been taken. One parser for all of them is several times as fast as one for each.
   *
   * @param utf8 the text, of which what stands before {@code from} is not looked at
   */
  public static <X extends Exception> void readAll(byte[] utf8, int from, Each<X> each)
      throws InvalidJsonException, X {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), utf8, from, utf8.length - from)) {
      while (parser.nextToken() != null) {
        each.take(ValueParser.read(parser));
      }
    } catch (JacksonException e) {
      throw new InvalidJsonException(e);
    }
  }

  private static Value readOne(JsonParser parser) throws InvalidJsonException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new InvalidJsonException("expected a JSON value, found nothing");
    }
    Value value = ValueParser.read(parser);
    if (parser.nextToken() != null) {
      throw new InvalidJsonException("expected one JSON value, found more after it");
    }
    return value;
  }

  private static Writer leaveOpen(Writer out) {
    return new Writer() {
      @Override
      public void write(char[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() {
        try {
          out.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
