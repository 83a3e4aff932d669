package io.twinflow.engine.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorePrefixTest {

  @Test
  void subjectsDoNotShareBeginningsOfKeys() {
    assertThat(StorePrefix.of("default", "a/b")).isEqualTo("default/a%2Fb/");
    assertThat(StorePrefix.of("default", "..")).isEqualTo("default/%../");
    assertThat(StorePrefix.of("default", "ab")).doesNotStartWith(StorePrefix.of("default", "a"));
  }
}
