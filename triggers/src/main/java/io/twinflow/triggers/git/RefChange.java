package io.twinflow.triggers.git;

import io.twinflow.engine.core.plan.Digests;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ref that points elsewhere than before.
 *
 * @param repository where it is, see {@link #repository(String)}
 * @param ref its whole name, as in {@code refs/heads/main}
 * @param before the commit, or the tag, that it pointed to; only zeros if it was not there
 * @param after the one that it points to; only zeros if it is not there any more
 */
public record RefChange(String repository, String ref, String before, String after) {

  public static final String TYPE = "io.twinflow.git.push";

  /** As many as a commit of SHA-1 has digits. */
  public static final String NOTHING = "0".repeat(40);

  private static final JsonMapper JSON = JsonMapper.shared();

  /** The same of all ways to write an address. */
  public static String repository(String address) {
    return address.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
  }

  public boolean isCreated() {
    return isNothing(before);
  }

  public boolean isDeleted() {
    return isNothing(after);
  }

  /** Repositories of SHA-256 have longer ones. */
  private static boolean isNothing(String commit) {
    return commit.chars().allMatch(c -> c == '0');
  }

  /** The same whoever tells it: the host by a webhook, or whoever looks. */
  public String id() {
    return Digests.sha256(
        String.join("\0", repository, ref, isCreated() ? "" : before, isDeleted() ? "" : after));
  }

  /** What its event holds. */
  public String data() {
    ObjectNode data = JSON.createObjectNode();
    data.put("repository", repository);
    data.put("ref", ref);
    data.put("before", before);
    data.put("after", after);
    data.put("created", isCreated());
    data.put("deleted", isDeleted());
    return data.toString();
  }
}
