package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.twinflow.executors.api.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the API server is reached, and as whom. */
public sealed interface Access {

  /**
   * As kubectl does.
   *
   * @param context null for the file's current one
   */
  record KubeConfig(Path file, @Nullable String context) implements Access {}

  /**
   * @param authority certificates of who signed the server's; null for those that the JDK knows
   */
  record Token(URI server, @Nullable Path authority, Tokens tokens) implements Access {}

  /** From within a pod of the cluster, as its service account. */
  record InCluster() implements Access {}

  /**
   * @throws NoToken if there is none now
   */
  default void check() {
    if (this instanceof Token(_, _, Tokens tokens)) {
      token(tokens);
    }
  }

  /** The API server refused the token: the next one is to be fetched anew. */
  default void refused() {
    if (this instanceof Token(URI server, Path authority, Tokens tokens)) {
      try {
        tokens.refused(tokens.token());
      } catch (IOException e) {
        // There is none: nothing to forget.
        System.getLogger(Access.class.getName())
            .log(System.Logger.Level.DEBUG, "no token for {0}: {1}", server, e.getMessage());
      }
    }
  }

  /** Few and short retries: the engine has its own. */
  default Config config(String namespace) {
    Config config =
        switch (this) {
          case KubeConfig(Path file, String context) ->
              context == null
                  ? Config.fromKubeconfig(file.toFile())
                  : Config.fromKubeconfig(context, file.toFile());
          case Token(URI server, Path authority, Tokens tokens) ->
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(server.toString())
                  .withCaCertFile(authority == null ? null : authority.toString())
                  .withOauthTokenProvider(() -> token(tokens))
                  .build();
          case InCluster() -> Config.autoConfigure(null);
        };
    config.setNamespace(namespace);
    config.setRequestRetryBackoffLimit(2);
    config.setRequestRetryBackoffInterval(200);
    config.setConnectionTimeout(10_000);
    config.setRequestTimeout(30_000);
    config.setWatchReconnectInterval(500);
    return config;
  }

  private static String token(Tokens tokens) {
    try {
      return tokens.token();
    } catch (IOException e) {
      throw new NoToken(e);
    }
  }
}
