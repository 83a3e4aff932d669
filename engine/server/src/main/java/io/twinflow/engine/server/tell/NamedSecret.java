package io.twinflow.engine.server.tell;

import io.twinflow.engine.server.net.AllowedUrls;
import io.twinflow.executors.api.token.Tokens;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;

/**
 * A secret of the server, which people use by its name and never see.
 *
 * @param subjects whose processes may use it; {@link #EVERYONE} for all
 * @param to where it may be sent; what is signed with it may go anywhere
 */
record NamedSecret(String name, Tokens source, List<String> subjects, AllowedUrls to) {

  static final String EVERYONE = "everyone";

  private static final Logger LOG = System.getLogger(NamedSecret.class.getName());

  NamedSecret {
    subjects = List.copyOf(subjects);
  }

  boolean isFor(String subject) {
    return subjects.contains(EVERYONE) || subjects.contains(subject);
  }

  boolean maySendTo(URI url) {
    return to.contain(url);
  }

  /**
   * @throws IOException that tells people nothing of this machine; the log does
   */
  String text() throws IOException {
    try {
      return source.token();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the secret {0} cannot be had: {1}", name, e.getMessage());
      throw new IOException(
          "the secret \"%s\" cannot be had now; the server's log says why".formatted(name), e);
    }
  }

  void refused(String text) {
    source.refused(text);
  }
}
