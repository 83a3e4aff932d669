package io.twinflow.executors.bundle.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobSegmentTest {

  @ParameterizedTest
  @CsvSource({
    "*, abc, true",
    "*, .abc, false",
    ".*, .abc, true",
    "?bc, .bc, false",
    "[.]bc, .bc, false",
    "a*c, abbbc, true",
    "a*c, ac, true",
    "a*c, abcd, false",
    "*.t?t, x.txt, true",
    "*.t?t, x.tt, false",
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[!a-c]x, dx, true",
    "[^a-c]x, ax, false",
    "[]]x, ]x, true",
    "[a-]x, -x, true",
    "[[:digit:]]x, 7x, true",
    "[[:digit:]]x, ax, false",
    "[ab, [ab, true",
    "\\*, *, true",
    "\\*, a, false",
    "\\[x\\], [x], true",
    "ü?, ü☃, true",
    "x?y, x😀y, true"
  })
  void matchesAsGlobDoes(String pattern, String name, boolean expected) {
    assertThat(new GlobSegment(pattern).matches(name)).isEqualTo(expected);
  }

  @Test
  void aPatternWithoutWildCardsIsAName() {
    GlobSegment segment = new GlobSegment("a\\*b");
    assertThat(segment.isWild()).isFalse();
    assertThat(segment.literal()).isEqualTo("a*b");
  }

  @Test
  void manyStarsTakeNoLongerThanTheyMust() {
    GlobSegment segment = new GlobSegment("*a".repeat(60) + "b");
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(segment.matches("a".repeat(250))).isFalse());
  }
}
