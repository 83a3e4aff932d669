package io.twinflow.workflowdefs.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes the bytes of a document, refusing what is not text. */
public final class SourceText {

  private SourceText() {}

  /**
   * @param source the name for messages
   */
  public static String decode(byte[] bytes, String source) throws InvalidDefinitionException {
    Charset charset = StandardCharsets.UTF_8;
    int start = 0;
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      start = 3;
    } else if (startsWith(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      start = 2;
    } else if (startsWith(bytes, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      start = 2;
    }
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, start, bytes.length - start);
    try {
      String text = decoder.decode(buffer).toString();
      int nul = text.indexOf('\0');
      if (nul >= 0) {
        throw notText(source, nul);
      }
      return text;
    } catch (CharacterCodingException e) {
      throw charset.equals(StandardCharsets.UTF_8) && !holdsNul(bytes)
          ? notUtf8(source, bytes, start, buffer.position())
          : notText(source, buffer.position());
    }
  }

  private static boolean holdsNul(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Text of another encoding: what stands before the byte is UTF-8 and tells its line and column.
   */
  private static InvalidDefinitionException notUtf8(
      String source, byte[] bytes, int start, int offset) {
    String before = new String(bytes, start, offset - start, StandardCharsets.UTF_8);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return new InvalidDefinitionException(
        Problem.error(
            new Position(source, line, column),
            "expected text in UTF-8, found the byte 0x%02X, which is none. Is it Latin-1? To convert it: iconv -f LATIN1 -t UTF-8"
                .formatted(bytes[offset] & 0xFF)));
  }

  private static InvalidDefinitionException notText(String source, int offset) {
    return new InvalidDefinitionException(
        Problem.error(
            Position.startOf(source),
            "expected YAML or JSON text in UTF-8, found a binary file (byte "
                + offset
                + " is not text)."));
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
