package io.twinflow.workflowdefs.value;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about text that is not JSON. */
class InvalidJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          not json ; line 1, column 1: expected a JSON value, found 'not'
          {        ; line 1, column 2: the text ends in the middle of a value
          [1,      ; line 1, column 4: the text ends in the middle of a value
          {a: 1}   ; line 1, column 2: unexpected 'a'
          {"a": }  ; line 1, column 7: unexpected '}': expected a value
          {"a": 1} x ; line 1, column 10: expected a JSON value, found 'x'
          """)
  void isToldWithItsPlaceAndWhatWasFound(String text, String message) {
    assertThatThrownBy(() -> ValueJson.read(text))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage(message);
  }
}
