package io.twinflow.triggers.source.git;

import io.twinflow.triggers.git.RefChange;
import io.twinflow.triggers.rule.Glob;
import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * @param url of the repository
 * @param branches patterns of their names; none for no branch
 * @param tags the same of tags
 * @param most more refs than this are an error
 */
record GitOptions(
    URI url, WebAccess access, List<Glob> branches, List<Glob> tags, Duration every, int most) {

  private static final String BRANCH = "refs/heads/";
  private static final String TAG = "refs/tags/";

  GitOptions {
    branches = List.copyOf(branches);
    tags = List.copyOf(tags);
  }

  /** The source of its events. */
  URI channel() {
    return URI.create(RefChange.repository(url.toString()));
  }

  boolean isWanted(String ref) {
    return (ref.startsWith(BRANCH) && matches(branches, ref.substring(BRANCH.length())))
        || (ref.startsWith(TAG) && matches(tags, ref.substring(TAG.length())));
  }

  private static boolean matches(List<Glob> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
