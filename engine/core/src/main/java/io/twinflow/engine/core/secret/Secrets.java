package io.twinflow.engine.core.secret;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets of one run: handles, and the texts that they stand for. Immutable. */
public final class Secrets {

  /** Of a run without any. */
  public static final Secrets NONE = new Secrets(Map.of());

  private static final String MASK = "***";

  /** Hardly found in a text by chance. */
  private static final int LONG = 8;

  private final Map<String, String> texts;
  private final List<String> longestFirst;

  /**
   * @param texts by handle
   */
  Secrets(Map<String, String> texts) {
    this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    this.longestFirst =
        texts.values().stream()
            .filter(text -> !text.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** With texts in the place of handles; only for what is given to a site at once. */
  public String reveal(String text) {
    return texts.isEmpty() ? text : Handle.revealed(text, texts::get);
  }

  /** With handles in the place of texts; short ones only where they are the whole. */
  String conceal(String text) {
    String concealed = text;
    for (Map.Entry<String, String> secret : texts.entrySet()) {
      String hidden = secret.getValue();
      if (hidden.equals(text) || hidden.length() >= LONG) {
        concealed = concealed.replace(hidden, secret.getKey());
      }
    }
    return concealed;
  }

  /** A message from elsewhere, in which a secret may stand in plain text. */
  public String mask(String message) {
    String masked = message;
    for (String text : longestFirst) {
      masked = masked.replace(text, MASK);
    }
    return masked;
  }

  Map<String, String> texts() {
    return texts;
  }

  @Override
  public String toString() {
    return texts.keySet().toString();
  }
}
