package io.twinflow.executors.bundle;

/** A value as one line of a record: what would end the line is escaped. */
public final class RecordText {

  private RecordText() {}

  public static String escaped(String plain) {
    return plain.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  public static String plain(String escaped) {
    StringBuilder plain = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        i++;
        c =
            switch (escaped.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped.charAt(i);
            };
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
