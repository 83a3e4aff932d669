package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes an XML document by what its first line says. */
final class XmlText {

  private static final int FIRST_LINE = 200;
  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");

  private XmlText() {}

  /** The text, with line ends as XML has them. */
  static String decode(byte[] bytes, String source) throws InvalidDefinitionException {
    String start =
        new String(bytes, 0, Math.min(bytes.length, FIRST_LINE), StandardCharsets.ISO_8859_1);
    Matcher encoding = ENCODING.matcher(start);
    String name = encoding.find() ? encoding.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
    String text =
        switch (name) {
          case "UTF-8", "UTF-16", "US-ASCII", "ASCII" -> SourceText.decode(bytes, source);
          case "ISO-8859-1" -> new String(bytes, StandardCharsets.ISO_8859_1);
          default ->
              throw new InvalidDefinitionException(
                  Problem.error(
                      Position.startOf(source),
                      "found the encoding %s; UTF-8, UTF-16 and ISO-8859-1 are read. Save the document as UTF-8."
                          .formatted(name)));
        };
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
