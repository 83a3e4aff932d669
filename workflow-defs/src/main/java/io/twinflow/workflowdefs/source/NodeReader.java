package io.twinflow.workflowdefs.source;

/** Text to nodes. JSON is read as JSON; everything else, and JSON-like YAML, as YAML 1.2. */
public final class NodeReader {

  private NodeReader() {}

  /**
   * @param source the name for positions
   * @throws InvalidDefinitionException if the text is no single YAML document, has a key twice, or
   *     exceeds a bound
   */
  public static Node read(byte[] bytes, String source, ReadLimits limits)
      throws InvalidDefinitionException {
    if (bytes.length > limits.maxBytes()) {
      throw tooLarge(source, limits);
    }
    return read(SourceText.decode(bytes, source), source, limits);
  }

  public static Node read(String text, String source, ReadLimits limits)
      throws InvalidDefinitionException {
    if (text.length() > limits.maxBytes()) {
      throw tooLarge(source, limits);
    }
    if (text.isBlank()) {
      throw new InvalidDefinitionException(
          Problem.error(
              Position.startOf(source), "the file is empty; expected a YAML or JSON document."));
    }
    if (looksLikeJson(text)) {
      Node json = JsonNodes.readIfJson(text, source, limits);
      if (json != null) {
        return json;
      }
    }
    return new YamlNodes(source, limits).read(text);
  }

  /** The refusal of a document beyond the bound. */
  public static InvalidDefinitionException tooLarge(String source, ReadLimits limits) {
    return new InvalidDefinitionException(
        Problem.error(
            Position.startOf(source),
            "the document is larger than the bound of "
                + (limits.maxBytes() >> 20)
                + " MiB for a document; is it a data file?"));
  }

  private static boolean looksLikeJson(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        return c == '{' || c == '[';
      }
    }
    return false;
  }
}
