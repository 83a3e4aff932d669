package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Iri;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements between named resources from Turtle and N-Triples. Literals and blank nodes are
 * passed over.
 */
final class Turtle {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#[^\\n]*"
              + "|(?<literal>\"\"\"[^\"\\\\]*+(?:(?:\\\\.|\"(?!\"\"))[^\"\\\\]*+)*+\"\"\""
              + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+')"
              + "|(?<iri><[^>\\s]*>)"
              + "|(?<mark>[.;,\\[\\]()](?![\\w]))"
              + "|(?<word>[^\\s;,\\[\\]()<>\"]+?(?=[;,\\[\\]()<>\"\\s]|\\.\\s|\\.?$))");

  private final Rdf.Statements statements;
  private final Map<String, String> prefixes = new HashMap<>();
  private String base;

  Turtle(String base, Rdf.Statements statements) {
    this.base = base;
    this.statements = statements;
  }

  void read(byte[] bytes) throws RdfException {
    Matcher tokens = TOKEN.matcher(new String(bytes, StandardCharsets.UTF_8));
    String subject = null;
    String predicate = null;
    String directive = null;
    String prefix = null;
    int nested = 0;
    int end = 0;
    while (tokens.find()) {
      if (tokens.start() != end) {
        throw new RdfException("neither RDF/XML nor Turtle (character " + end + ")");
      }
      end = tokens.end();
      String mark = tokens.group("mark");
      if (mark != null) {
        nested += mark.equals("[") || mark.equals("(") ? 1 : 0;
        nested -= mark.equals("]") || mark.equals(")") ? 1 : 0;
        if (nested == 0 && mark.equals(".")) {
          subject = null;
          predicate = null;
          directive = null;
          prefix = null;
        } else if (nested == 0 && mark.equals(";")) {
          predicate = null;
        } else if (nested == 0 && (mark.equals("]") || mark.equals(")")) && subject == null) {
          subject = "_:";
        }
        continue;
      }
      String word = tokens.group("word");
      String iri = tokens.group("iri");
      if (nested > 0 || (word == null && iri == null)) {
        continue;
      }
      if (word != null && subject == null && isDirective(word)) {
        directive = word;
        continue;
      }
      if (directive != null) {
        if (iri == null) {
          prefix = word;
        } else {
          declare(prefix, iri);
          directive = directive.startsWith("@") ? directive : null;
        }
        continue;
      }
      String resource = iri != null ? resolve(iri) : word(word);
      if (subject == null) {
        subject = resource == null ? "_:" : resource;
      } else if (predicate == null) {
        predicate = resource == null ? "" : resource;
      } else if (resource != null && !subject.equals("_:")) {
        statements.add(subject, predicate, resource);
      }
    }
    if (end == 0) {
      throw new RdfException("neither RDF/XML nor Turtle");
    }
  }

  private static boolean isDirective(String word) {
    return word.equals("@prefix")
        || word.equals("@base")
        || word.equalsIgnoreCase("PREFIX")
        || word.equalsIgnoreCase("BASE");
  }

  private void declare(@Nullable String prefix, String iri) {
    if (prefix == null) {
      base = resolve(iri);
    } else {
      prefixes.put(prefix.substring(0, Math.max(0, prefix.length() - 1)), resolve(iri));
    }
  }

  private String resolve(String iri) {
    return Iri.resolve(base, iri.substring(1, iri.length() - 1));
  }

  private @Nullable String word(@Nullable String word) {
    int colon = word == null ? -1 : word.indexOf(':');
    if (word == null || colon < 0 || word.startsWith("_:")) {
      return "a".equals(word) ? Rdf.RDF + "type" : null;
    }
    String prefix = prefixes.get(word.substring(0, colon));
    return prefix == null ? null : prefix + word.substring(colon + 1).replace("\\", "");
  }
}
