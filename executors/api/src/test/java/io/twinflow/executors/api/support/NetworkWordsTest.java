package io.twinflow.executors.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class NetworkWordsTest {

  private static Throwable caused(Throwable failure, Throwable by) {
    failure.initCause(by);
    return failure;
  }

  @Test
  void aNameThatNobodyKnowsIsSaidToBe() {
    assertThat(NetworkWords.of(caused(new ConnectException(), new UnresolvedAddressException())))
        .isEqualTo("no address is known for that name");
  }

  @Test
  void aPortWhereNobodyListensIsSaidToBe() {
    assertThat(NetworkWords.of(caused(new ConnectException(), new ClosedChannelException())))
        .isEqualTo("nobody listens there");
  }

  @Test
  void whatSomethingSaidItselfIsTold() {
    assertThat(
            NetworkWords.of(
                new IOException(
                    "failed", caused(new ConnectException("No route to host"), new Error()))))
        .isEqualTo("No route to host");
    assertThat(NetworkWords.of(new ClosedChannelException())).isEqualTo("ClosedChannelException");
  }
}
