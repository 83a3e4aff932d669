package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.api.site.ExecutorType;
import io.twinflow.executors.api.site.Surroundings;
import io.twinflow.executors.api.token.TokenSettings;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.serverless.attempts.GroundSettings;
import io.twinflow.executors.serverless.attempts.LimitSettings;
import io.twinflow.executors.serverless.attempts.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code type: oscar} in the configuration. */
public final class OscarType implements ExecutorType {

  private static final Duration KEEP = Duration.ofHours(1);

  @Override
  public String name() {
    return "oscar";
  }

  @Override
  public Executor open(Settings settings, Surroundings surroundings)
      throws InvalidSettingException {
    URI endpoint =
        settings
            .address("endpoint")
            .orElseThrow(() ->
                settings.wrong(
                    "endpoint", "the address of OSCAR's manager, as in https://oscar.example.org"));
    GroundSettings ground = GroundSettings.read(settings, surroundings);
    OscarOptions options =
        new OscarOptions(
            settings.name(),
            endpoint,
            access(settings),
            ground.root(),
            services(settings),
            settings.isTrue("ownJobNames", false),
            settings.time("keepServices").orElse(KEEP),
            LimitSettings.read(settings, Limits.DEFAULT));
    return OscarSite.open(options, ground.open(settings), uses(options, ground));
  }

  private static Uses uses(OscarOptions options, GroundSettings ground) {
    return switch (ground) {
      case GroundSettings.Shared folder -> FolderUses.in(folder.root());
      case GroundSettings.Stored stored -> PlaceUses.of(stored.exchange().place(), options.site());
    };
  }

  /** With a user it is basic authentication, and the token is the password. */
  private static OscarOptions.Access access(Settings settings) throws InvalidSettingException {
    Tokens tokens =
        TokenSettings.read(settings, "token")
            .orElseThrow(() ->
                settings.wrong(
                    "token",
                    "where an OIDC access token comes from, or the password of user:: "
                        + TokenSettings.EXPECTED));
    Optional<String> user = settings.text("user", "a user of OSCAR's basic authentication");
    return user.isPresent()
        ? new OscarOptions.Access.Basic(user.get(), tokens)
        : new OscarOptions.Access.Bearer(tokens);
  }

  private static OscarOptions.Services services(Settings settings) throws InvalidSettingException {
    Optional<Settings> given =
        settings.section("services", "what services are made with, as in image: debian:stable");
    if (given.isEmpty()) {
      return OscarOptions.Services.PLAIN;
    }
    Settings services = given.get();
    return new OscarOptions.Services(
        services
            .text("image", "the image of tools that name none")
            .orElse(OscarOptions.Services.PLAIN.image()),
        services.text("volume", "the name of a managed volume"),
        services.text("vo", "the name of a virtual organisation"),
        services.texts("pullSecrets", "names of Kubernetes secrets"),
        services.table("labels", "labels of the jobs"),
        services.table("annotations", "annotations of the jobs"));
  }
}
