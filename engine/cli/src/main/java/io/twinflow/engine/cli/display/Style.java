package io.twinflow.engine.cli.display;

/** Colours and signs, or plain words where there are none. */
public record Style(boolean colours, boolean unicode) {

  public static final Style PLAIN = new Style(false, false);

  public String good(String text) {
    return paint("32", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String busy(String text) {
    return paint("36", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  public String strong(String text) {
    return paint("1", text);
  }

  private String paint(String code, String text) {
    return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  String sign(String pretty, String plain) {
    return unicode ? pretty : plain;
  }
}
