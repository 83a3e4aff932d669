package io.twinflow.engine.server.runs;

import io.twinflow.engine.dmn.Decided;
import io.twinflow.engine.dmn.MatchedRule;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A decision that was made, and what tells later why it came out so.
 *
 * @param name of the document in the catalogue
 * @param digest of the version that decided
 */
public record MadeDecision(String name, String digest, Decided decided) {

  /** More tell nobody anything. */
  private static final int MOST_RULES = 100;

  /** What matched, in a person's words. */
  public String sentence() {
    List<MatchedRule> rules = decided.rules();
    String matched =
        rules.stream()
            .limit(MOST_RULES)
            .map(rule ->
                "%s rule %d%s"
                    .formatted(
                        rule.decision(),
                        rule.rule(),
                        rule.id() == null ? "" : " (" + rule.id() + ")"))
            .collect(Collectors.joining(", "));
    String more =
        rules.size() > MOST_RULES ? " and %d more".formatted(rules.size() - MOST_RULES) : "";
    return "%s, version %s, decided by %s"
        .formatted(name, digest, rules.isEmpty() ? "no rule" : matched + more);
  }

  /** The same in JSON, with the outputs. */
  public RecordValue told() {
    return RecordValue.EMPTY
        .with("decision", new StringValue(name))
        .with("digest", new StringValue(digest))
        .with(
            "rules",
            new ListValue(
                decided.rules().stream().limit(MOST_RULES).map(MadeDecision::told).toList()))
        .with("outputs", decided.outputs());
  }

  private static Value told(MatchedRule rule) {
    RecordValue told =
        RecordValue.EMPTY
            .with("decision", new StringValue(rule.decision()))
            .with("rule", new IntegerValue(rule.rule()));
    return rule.id() == null ? told : told.with("id", new StringValue(rule.id()));
  }
}
