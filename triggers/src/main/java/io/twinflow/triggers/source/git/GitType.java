package io.twinflow.triggers.source.git;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.rule.Glob;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.web.WebAccess;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code type: git} in the configuration. */
public final class GitType implements SourceType {

  private static final String URL = "url";
  private static final String EXPECTED =
      "a repository, as in https://git.example.org/twins/models.git, or file:///srv/models.git (ssh is not there; user and password have fields of their own)";
  private static final Set<String> SCHEMES = Set.of("https", "http", "file");
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  @Override
  public String name() {
    return "git";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    URI url = url(settings);
    Duration every = settings.timeFromOneSecond("every").orElse(EVERY);
    List<Glob> tags = patterns(settings, "tags");
    List<Glob> branches = patterns(settings, "branches");
    GitOptions options =
        new GitOptions(
            url,
            WebAccess.read(settings, URL, url.getScheme().equals("https")),
            branches.isEmpty() && tags.isEmpty() ? List.of(Glob.of("**")) : branches,
            tags,
            every,
            settings.count("most", 1).orElse(MOST));
    return new Looking(
        settings.name(), new GitLook(options, new Remote(options)), Clock.systemUTC());
  }

  private static URI url(Settings settings) throws InvalidSettingException {
    String text = settings.required(URL, EXPECTED);
    try {
      URI url = new URI(text);
      boolean here = "file".equals(url.getScheme());
      if (!SCHEMES.contains(String.valueOf(url.getScheme()))
          || url.getUserInfo() != null
          || (here ? url.getPath() == null : url.getHost() == null)) {
        throw settings.wrong(URL, EXPECTED);
      }
      return url;
    } catch (URISyntaxException e) {
      throw settings.wrong(URL, EXPECTED);
    }
  }

  private static List<Glob> patterns(Settings settings, String field)
      throws InvalidSettingException {
    String expected = "names, or patterns of them: " + Glob.EXPECTED;
    List<Glob> patterns = new ArrayList<>();
    for (String text : settings.texts(field, expected)) {
      try {
        patterns.add(Glob.of(text));
      } catch (IllegalArgumentException e) {
        throw settings.wrong(field, expected);
      }
    }
    return patterns;
  }
}
