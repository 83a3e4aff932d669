package io.twinflow.engine.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocationsTest {

  @Test
  void namesTheLastPartDecoded() {
    assertThat(Locations.basename("file:///a/b%20c.txt")).isEqualTo("b c.txt");
    assertThat(Locations.basename("file:///a/d/")).isEqualTo("d");
    assertThat(Locations.basename("file:///a/hash%23mark")).isEqualTo("hash#mark");
    assertThat(Locations.basename("https://x/y/f.gz?version=1")).isEqualTo("f.gz");
    assertThat(Locations.basename("file:///a/ü ö")).isEqualTo("ü ö");
  }

  @Test
  void findsSiblingsAndChildren() {
    assertThat(Locations.sibling("file:///a/b", "c d")).isEqualTo("file:///a/c%20d");
    assertThat(Locations.sibling("file:///a/d/", "e")).isEqualTo("file:///a/e");
    assertThat(Locations.sibling("https://x/y/f?z=/1", "g")).isEqualTo("https://x/y/g");
    assertThat(Locations.child("file:///a", "b#/c")).isEqualTo("file:///a/b%23/c");
  }

  @Test
  void goesToAPathAndBack() {
    Path path = Path.of("/a b/c#d%e");

    assertThat(Locations.path(Locations.of(path))).isEqualTo(path);
    assertThat(Locations.path("https://x/y")).isNull();
    assertThat(Locations.show("file:///a%20b")).isEqualTo("/a b");
  }
}
