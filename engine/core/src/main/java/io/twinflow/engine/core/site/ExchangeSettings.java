package io.twinflow.engine.core.site;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an administrator wrote below {@code exchange:}, for sites that share no folder with this
 * machine: they fetch inputs from an object store and put outputs there.
 *
 * @param url where sites reach this engine, to ask for URLs of the store
 * @param store {@code s3://[STORE@]BUCKET[/PREFIX]}; a server has its own
 * @param accounts the file that names the store and its account; absent: the environment does
 * @param listen {@code HOST:PORT} where the command answers sites; a server does at its own
 * @param written names the place of a field that cannot be used
 */
public record ExchangeSettings(
    URI url,
    Optional<String> store,
    Optional<Path> accounts,
    Optional<String> listen,
    Settings written) {

  private static final String ADDRESS = "[^\\s:]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+\\]:[0-9]{1,5}";
  private static final String PLACE = "s3://([^@/\\s]+@)?[^@/\\s]+(/.*)?";

  static ExchangeSettings of(Settings settings) throws InvalidSettingException {
    Optional<URI> url = settings.address("url");
    if (url.isEmpty()) {
      throw settings.wrong("url", "where sites reach this engine, as in http://login1:8080");
    }
    ExchangeSettings exchange =
        new ExchangeSettings(
            url.get(),
            matching(settings, "store", PLACE, "s3://BUCKET/PREFIX"),
            settings.folder("accounts"),
            matching(settings, "listen", ADDRESS, "HOST:PORT, as in 0.0.0.0:7070"),
            settings);
    settings.end();
    return exchange;
  }

  private static Optional<String> matching(
      Settings settings, String field, String pattern, String expected)
      throws InvalidSettingException {
    Optional<String> text = settings.text(field, expected);
    if (text.isPresent() && !text.get().matches(pattern)) {
      throw settings.wrong(field, expected);
    }
    return text;
  }

  /** The URL of a path that this engine answers. */
  public URI at(String path) {
    String base = url.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + path);
  }
}
