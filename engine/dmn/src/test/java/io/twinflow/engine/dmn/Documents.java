package io.twinflow.engine.dmn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents for tests, and what is made of them. */
final class Documents {

  static final String NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/";

  private Documents() {}

  /** The decision "Alarm" begins in line 5; it requires the numbers level and limit. */
  static String alarm(String inside) {
    return definitions(
        """
        <inputData id="level" name="level"><variable name="level" typeRef="number"/></inputData>
        <inputData id="limit" name="limit"><variable name="limit" typeRef="number"/></inputData>
        <inputData id="place" name="Name of Place"><variable name="Name of Place" typeRef="string"/></inputData>
        <decision id="alarm" name="Alarm">
        <informationRequirement><requiredInput href="#level"/></informationRequirement>
        <informationRequirement><requiredInput href="#limit"/></informationRequirement>
        <informationRequirement><requiredInput href="#place"/></informationRequirement>
        %s
        </decision>
        """
            .formatted(inside));
  }

  static String definitions(String inside) {
    return "<definitions xmlns=\"%s\" id=\"d\" name=\"d\" namespace=\"n\">\n%s</definitions>"
        .formatted(NAMESPACE, inside);
  }

  static String literal(String text) {
    return alarm("<literalExpression><text>%s</text></literalExpression>".formatted(escaped(text)));
  }

  /** A table that looks at level and gives one output; a rule is written {@code cell => output}. */
  static String table(String attributes, String output, String... rules) {
    return alarm(tableOnly(attributes, "level", output, rules));
  }

  static String tableOnly(String attributes, String input, String output, String... rules) {
    StringBuilder table =
        new StringBuilder(
            "<decisionTable %s>\n<input><inputExpression><text>%s</text></inputExpression></input>\n%s\n"
                .formatted(attributes, input, output));
    for (String rule : rules) {
      String[] parts = rule.split("=>", -1);
      table.append("<rule>");
      table.append("<inputEntry><text>%s</text></inputEntry>".formatted(escaped(parts[0].strip())));
      for (int i = 1; i < parts.length; i++) {
        table.append(
            "<outputEntry><text>%s</text></outputEntry>".formatted(escaped(parts[i].strip())));
      }
      table.append("</rule>\n");
    }
    return table.append("</decisionTable>").toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static DmnDocument read(String document) throws InvalidDefinitionException {
    return DmnReader.read("a.dmn", document.getBytes(StandardCharsets.UTF_8));
  }

  static Decided decide(String document, Object... inputs)
      throws InvalidDefinitionException, DecisionException {
    return read(document).main().decide(inputs(inputs));
  }

  /** Names and values, in turn. */
  static Map<String, Value> inputs(Object... inputs) {
    Map<String, Value> found = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      found.put(String.valueOf(inputs[i]), value(inputs[i + 1]));
    }
    return found;
  }

  static Value value(Object value) {
    return switch (value) {
      case null -> NullValue.NULL;
      case Value it -> it;
      case Integer number -> new IntegerValue(number);
      case BigDecimal number -> new DecimalValue(number);
      case Boolean truth -> BooleanValue.of(truth);
      default -> new StringValue(value.toString());
    };
  }

  static InvalidDefinitionException refused(String document) {
    return catchThrowableOfType(InvalidDefinitionException.class, () -> read(document));
  }

  static void assertProblems(String document, String... parts) {
    InvalidDefinitionException refused = refused(document);
    assertThat(refused).as("the document is read").isNotNull();
    assertThat(refused.problems()).as(refused.getMessage()).hasSize(parts.length);
    for (int i = 0; i < parts.length; i++) {
      assertThat(refused.problems().get(i).toString()).contains(parts[i]);
    }
  }

  static DecisionException impossible(String document, Object... inputs) {
    return catchThrowableOfType(DecisionException.class, () -> decide(document, inputs));
  }
}
