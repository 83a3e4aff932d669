package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.support.NetworkWords;
import io.twinflow.executors.bundle.AttemptFailure;
import java.net.URL;
import java.util.Locale;

/** What the API server, or the way to it, had against a call. */
record Refusal(String site, KubernetesClientException cause) {

  private int code() {
    return cause.getCode();
  }

  boolean ofToken() {
    return code() == 401;
  }

  /** It is there already. */
  boolean exists() {
    return code() == 409;
  }

  boolean missing() {
    return code() == 404;
  }

  /** The call itself is wrong, and would be the next time. */
  boolean ofThisOne() {
    return code() == 422 || code() == 400 || (code() == 403 && isQuota(words()));
  }

  static boolean isQuota(String words) {
    return words.contains("exceeded quota");
  }

  /** Whether a pod that is refused in these words may be made later. */
  static boolean isPassing(String words) {
    return isQuota(words) || !words.contains("is forbidden");
  }

  /** Of a refusal that is not passing; the latter is what a LimitRange says. */
  static FailureKind kindOf(String words) {
    return isQuota(words) || words.toLowerCase(Locale.ROOT).contains("usage per")
        ? FailureKind.RESOURCES
        : FailureKind.USER;
  }

  /** In Kubernetes' own words. */
  String words() {
    Status status = cause.getStatus();
    if (status != null && status.getMessage() != null) {
      return status.getMessage();
    }
    // What the client says itself names its call, and not what became of it.
    Throwable first = cause;
    while (first instanceof KubernetesClientException && first.getCause() != null) {
      first = first.getCause();
    }
    return NetworkWords.of(first);
  }

  AttemptFailure failure() {
    String words = words();
    return new AttemptFailure(
        kindOf(words), "site %s: Kubernetes refused it: %s".formatted(site, words));
  }

  /**
   * @param at the API server's address
   */
  SiteException exception(String call, URL at) {
    if (NoToken.isBehind(cause)) {
      return nothing(FailureKind.INFRASTRUCTURE, "site %s: %s", words());
    }
    return switch (code()) {
      case 401 ->
          nothing(
              FailureKind.INFRASTRUCTURE,
              "site %s refused the token (%s): expected one that is still valid; see where it comes from",
              words());
      case 403 ->
          nothing(
              FailureKind.USER,
              "site %s: Kubernetes refused %s: %s; let its user do that in the namespace",
              call,
              words());
      case 400, 404, 405, 422 ->
          nothing(FailureKind.USER, "site %s: Kubernetes refused %s: %s", call, words());
      default ->
          new SiteException(
              Certainty.UNKNOWN,
              FailureKind.INFRASTRUCTURE,
              "site %s does not answer %s at %s: %s".formatted(site, call, at, trusting(words())),
              cause);
    };
  }

  private static String trusting(String words) {
    return words.contains("certification path")
        ? words + "; see authority: of the site, or its kubeconfig"
        : words;
  }

  private SiteException nothing(FailureKind kind, String form, Object... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = site;
    System.arraycopy(words, 0, all, 1, words.length);
    return new SiteException(Certainty.NOTHING_HAPPENED, kind, form.formatted(all), cause);
  }
}
