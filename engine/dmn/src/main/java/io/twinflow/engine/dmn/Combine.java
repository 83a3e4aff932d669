package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.DecisionTable.Output;
import io.twinflow.engine.dmn.EvaluateTable.Match;
import io.twinflow.engine.dmn.feel.Impossible;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.engine.dmn.feel.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNumber;

/** Makes one answer of the rules that matched, as the hit policy says. */
final class Combine {

  private final DecisionTable table;

  Combine(DecisionTable table) {
    this.table = table;
  }

  /**
   * @param matches at least one, in the order of the rules
   */
  Val of(List<Match> matches) throws DecisionException {
    return switch (table.policy()) {
      case UNIQUE -> unique(matches);
      case ANY -> any(matches);
      case FIRST -> answer(matches.getFirst().values());
      case PRIORITY -> answer(ordered(matches).getFirst().values());
      case RULE_ORDER -> list(matches);
      case OUTPUT_ORDER -> list(ordered(matches));
      case COLLECT -> collected(matches);
    };
  }

  /** What stands in the rules that count for the answer, in its order. */
  List<Match> counting(List<Match> matches) {
    return switch (table.policy()) {
      case UNIQUE, ANY, FIRST, RULE_ORDER, COLLECT -> matches;
      case PRIORITY -> ordered(matches).subList(0, 1);
      case OUTPUT_ORDER -> ordered(matches);
    };
  }

  /** The default outputs as an answer. */
  Val otherwise(List<Val> values) {
    return table.policy().isMany() && table.aggregation() == Aggregation.LIST
        ? Values.list(List.of(answer(values)))
        : answer(values);
  }

  private Val unique(List<Match> matches) throws DecisionException {
    if (matches.size() > 1) {
      throw new DecisionException(
          table.position(),
          "expected one rule to match as the hit policy is UNIQUE, found %s. Narrow their cells, or choose another hit policy."
              .formatted(rules(matches)));
    }
    return answer(matches.getFirst().values());
  }

  private Val any(List<Match> matches) throws DecisionException {
    Val first = answer(matches.getFirst().values());
    for (Match match : matches) {
      if (!UnaryTests.same(first, answer(match.values()))) {
        throw new DecisionException(
            match.rule().position(),
            "expected the same outputs of all rules that match as the hit policy is ANY, found others in %s. Make them equal, or choose another hit policy."
                .formatted(rules(List.of(matches.getFirst(), match))));
      }
    }
    return first;
  }

  private static String rules(List<Match> matches) {
    return matches.stream()
        .map(match ->
            "rule %d (line %d)".formatted(match.rule().number(), match.rule().position().line()))
        .limit(10)
        .collect(Collectors.joining(" and "));
  }

  private Val answer(List<Val> values) {
    if (!table.hasSeveralOutputs()) {
      return values.getFirst();
    }
    Map<String, Val> fields = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      fields.put(table.outputs().get(i).name(), values.get(i));
    }
    return Values.context(fields);
  }

  private Val list(List<Match> matches) {
    return Values.list(matches.stream().map(match -> answer(match.values())).toList());
  }

  /** The first output counts most, and in each the value that stands first among the allowed. */
  private List<Match> ordered(List<Match> matches) {
    return matches.stream().sorted(Comparator.comparing(this::ranks, Combine::compare)).toList();
  }

  private List<Integer> ranks(Match match) {
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < table.outputs().size(); i++) {
      ranks.add(rank(table.outputs().get(i), match.values().get(i)));
    }
    return ranks;
  }

  private static int rank(Output output, Val value) {
    for (int i = 0; i < output.order().size(); i++) {
      if (UnaryTests.same(output.order().get(i), value)) {
        return i;
      }
    }
    return output.order().size();
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private Val collected(List<Match> matches) throws DecisionException {
    try {
      return switch (table.aggregation()) {
        case LIST -> list(matches);
        case COUNT -> Values.number(BigDecimal.valueOf(matches.size()));
        case SUM -> sum(matches);
        case MIN -> outermost(matches, -1);
        case MAX -> outermost(matches, 1);
      };
    } catch (Impossible e) {
      throw EvaluateTable.told(table.position(), e);
    }
  }

  private static Val sum(List<Match> matches) throws DecisionException, Impossible {
    BigDecimal sum = BigDecimal.ZERO;
    for (Match match : matches) {
      if (!(match.values().getFirst() instanceof ValNumber number)) {
        throw unfit(match, "a number to add");
      }
      sum = sum.add(number.value().bigDecimal());
    }
    return Values.number(sum);
  }

  private static Val outermost(List<Match> matches, int direction) throws DecisionException {
    Val found = matches.getFirst().values().getFirst();
    for (Match match : matches) {
      Val value = match.values().getFirst();
      if (!value.isComparable() || value.getClass() != found.getClass()) {
        throw unfit(match, "outputs that can be compared, such as numbers");
      }
      found = Integer.signum(value.compare(found)) == direction ? value : found;
    }
    return found;
  }

  private static DecisionException unfit(Match match, String expected) {
    return new DecisionException(
        match.rule().results().getFirst().position(),
        "expected %s, found %s in rule %d."
            .formatted(expected, match.values().getFirst(), match.rule().number()));
  }
}
