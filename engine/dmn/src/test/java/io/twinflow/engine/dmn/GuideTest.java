package io.twinflow.engine.dmn;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of docs/dmn.md decides what is said there. */
class GuideTest {

  @Test
  void theTableOfTheGuideDecides() throws Exception {
    String guide = Files.readString(Path.of("../../docs/dmn.md"));
    int begin = guide.indexOf("```xml") + "```xml\n".length();
    String document = guide.substring(begin, guide.indexOf("```", begin));
    Decided decided = Documents.decide(document, "level", 5, "season", "summer");
    assertThat(decided.outputs().fields())
        .isEqualTo(
            Map.of(
                "grade",
                Documents.value("high"),
                "threshold",
                Documents.value(new BigDecimal("4.5"))));
    assertThat(decided.rules()).containsExactly(new MatchedRule("alarm", 1, null));
    assertThat(Documents.decide(document, "level", 2, "season", "spring").isNothing()).isTrue();
  }
}
