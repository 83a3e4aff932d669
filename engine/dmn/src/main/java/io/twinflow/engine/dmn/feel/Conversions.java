package io.twinflow.engine.dmn.feel;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValDate;
import org.camunda.feel.syntaxtree.ValDateTime;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValLocalDateTime;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Functions between types (DMN 1.5, section 10.3.4.1). The library's own stand in a class that
 * brings a whole JSON mapper.
 */
final class Conversions {

  private static final int LONGEST_NUMBER = 40;

  private Conversions() {}

  static Map<String, List<ValFunction>> functions() {
    return Map.of(
        "string", List.of(one("from", Conversions::string)),
        "number", List.of(one("from", Conversions::number)),
        "date", List.of(one("from", Conversions::date)),
        "time", List.of(one("from", from -> ofText(from, FeelType.TIME))),
        "date and time", List.of(one("from", from -> ofText(from, FeelType.DATE_TIME))),
        "duration", List.of(one("from", Conversions::duration)));
  }

  private static ValFunction one(String parameter, Function<Val, Val> function) {
    return new ValFunction(
        CollectionConverters.asScala(List.of(parameter)).toList(),
        arguments -> function.apply(arguments.head()),
        false);
  }

  private static Val string(Val from) {
    return switch (from) {
      case ValString text -> text;
      case Val other -> {
        try {
          yield new ValString(Values.text(other));
        } catch (Impossible e) {
          yield new ValError(String.valueOf(e.getMessage()));
        }
      }
    };
  }

  private static Val number(Val from) {
    if (from instanceof ValNumber) {
      return from;
    }
    if (from instanceof ValString text && text.value().length() <= LONGEST_NUMBER) {
      try {
        return Values.number(new BigDecimal(text.value().strip()));
      } catch (NumberFormatException | Impossible e) {
        return new ValError("\"%s\" is no number that is reckoned with".formatted(text.value()));
      }
    }
    return new ValError("expected the text of a number, found " + from);
  }

  private static Val date(Val from) {
    return switch (from) {
      case ValDate date -> date;
      case ValLocalDateTime time -> new ValDate(time.value().toLocalDate());
      case ValDateTime time -> new ValDate(time.value().toLocalDate());
      case Val other -> ofText(other, FeelType.DATE);
    };
  }

  private static Val duration(Val from) {
    return from instanceof ValString text && text.value().matches("-?P(\\d+Y)?(\\d+M)?")
        ? ofText(from, FeelType.YEARS_AND_MONTHS)
        : ofText(from, FeelType.DAYS_AND_TIME);
  }

  private static Val ofText(Val from, FeelType type) {
    if (type.holds(from)) {
      return from;
    }
    if (!(from instanceof ValString text)) {
      return new ValError("expected the text of a %s, found %s".formatted(type.written(), from));
    }
    try {
      return type.parse(text.value());
    } catch (Impossible e) {
      return new ValError(String.valueOf(e.getMessage()));
    }
  }
}
