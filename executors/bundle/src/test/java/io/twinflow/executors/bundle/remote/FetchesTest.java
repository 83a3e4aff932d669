package io.twinflow.executors.bundle.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.bundle.remote.Fetches.Fetch;
import io.twinflow.executors.bundle.remote.Fetches.Root;
import io.twinflow.executors.testing.MapPlace;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was noted of inputs is read again as it was. */
class FetchesTest {

  private final MapPlace place = new MapPlace();

  @Test
  void namesKeepTheirTabsLinesAndBackslashes() throws Exception {
    String odd = "a\tb\nc\rd\\t\\n e'\"$(x)\\";
    Fetches fetches =
        new Fetches(
            List.of(
                new Fetch("fetched/1/" + odd, 3, "ab".repeat(32), Fetch.placed("i/" + odd), odd),
                new Fetch("fetched/2/x", -1, "-", "https://example.org/x?a=b", "x")),
            List.of(new Root("fetched/1/" + odd, URI.create("s3://b/a%09b"))),
            List.of(odd, "second"));
    place.put("inputs", fetches.text().getBytes(StandardCharsets.UTF_8));
    Fetches read = Fetches.read(place, "inputs");
    assertThat(read).isEqualTo(fetches);
    assertThat(read.files().getFirst().isPlaced()).isTrue();
    assertThat(read.files().getFirst().where()).isEqualTo("i/" + odd);
    assertThat(read.files().get(1).where()).isEqualTo("https://example.org/x?a=b");
  }

  @Test
  void noInputsAreNoInputs() throws Exception {
    place.put(
        "inputs",
        new Fetches(List.of(), List.of(), List.of()).text().getBytes(StandardCharsets.UTF_8));
    assertThat(Fetches.read(place, "inputs").files()).isEmpty();
  }

  @Test
  void whatWasReleasedIsSaidToBe() {
    assertThatThrownBy(() -> Fetches.read(place, "none"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("released");
  }
}
