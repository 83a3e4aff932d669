package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.Expression;
import io.twinflow.engine.dmn.feel.Feel;
import io.twinflow.engine.dmn.feel.KnownNames;
import io.twinflow.engine.dmn.feel.NotAllowed;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlAttribute;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code text} of elements; what is wrong is told with its place. */
final class ExpressionReader {

  private static final Pattern FEEL =
      Pattern.compile("(?i)feel|https?://www\\.omg\\.org/spec/(DMN|FEEL)/[^ ]*");

  private final Feel feel = new Feel();
  private final ProblemLog log;

  ExpressionReader(ProblemLog log) {
    this.log = log;
  }

  /** Null if it is wrong, which is told. */
  @Nullable Expression expression(XmlElement holder, KnownNames names) {
    checkLanguage(holder);
    String text = Elements.text(holder, "text");
    if (text.isEmpty()) {
      log.error(
          holder.position(),
          "expected an expression in %s, found nothing.".formatted(holder.name()));
      return null;
    }
    try {
      return feel.expression(text, names);
    } catch (NotAllowed e) {
      log.unsupported(position(holder), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Null if there is nothing to test, or if it is wrong, which is told. */
  @Nullable UnaryTests tests(XmlElement holder, KnownNames names) {
    checkLanguage(holder);
    String text = Elements.text(holder, "text");
    if (text.isEmpty() || text.equals("-")) {
      return null;
    }
    try {
      return feel.tests(text, names);
    } catch (NotAllowed e) {
      log.unsupported(position(holder), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Tells of another language than FEEL. */
  void checkLanguage(XmlElement element) {
    for (XmlAttribute attribute : element.attributes()) {
      if (attribute.name().equals("expressionLanguage")
          && attribute.namespace().isEmpty()
          && !attribute.value().isBlank()
          && !FEEL.matcher(attribute.value()).matches()) {
        log.unsupported(
            attribute.position(),
            "expressions in \"%s\" are not evaluated. Write them in FEEL, the language of DMN, and remove the attribute."
                .formatted(attribute.value()));
      }
    }
  }

  /** Where the text of an element begins. */
  static Position position(XmlElement holder) {
    XmlElement text = Elements.first(holder, "text");
    return text == null ? holder.position() : text.textPosition();
  }
}
