package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service of OSCAR: an image, its size, and the script that runs attempts; tools that ask for the
 * same share it. Its name comes from all that is in it, so it never changes under jobs that wait.
 *
 * @param json as OSCAR's Function Definition Language has it
 */
record Definition(JsonNode json) {

  static final String DIGEST = "twinflow-digest";
  static final String INSTALLATION = "twinflow-installation";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PRELUDE = prelude();

  private static String prelude() {
    try (InputStream in = Definition.class.getResourceAsStream("service.sh")) {
      return new String(
          Objects.requireNonNull(in, "service.sh").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param script runs an attempt from the variables that it is told
   */
  static Definition of(TaskSpec task, OscarOptions options, String script) throws AttemptFailure {
    OscarOptions.Services services = options.services();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("image", image(task, options));
    json.put(
        "cpu",
        BigDecimal.valueOf(task.resources().cores())
            .setScale(2, RoundingMode.UP)
            .stripTrailingZeros()
            .toPlainString());
    json.put("memory", task.resources().memoryMiB() + "Mi");
    json.put("script", PRELUDE + "\n" + script);
    json.put("visibility", "private");
    json.put("log_level", "WARNING");
    if (task.resources().gpus() > 0) {
      json.put("enable_gpu", true);
    }
    services.vo().ifPresent(vo -> json.put("vo", vo));
    services
        .volume()
        .ifPresent(name ->
            json.putObject("volume")
                .put("name", name)
                .put("mount_path", options.root().toString()));
    if (!services.pullSecrets().isEmpty()) {
      services.pullSecrets().forEach(json.putArray("image_pull_secrets")::add);
    }
    new TreeMap<>(services.annotations()).forEach(json.putObject("annotations")::put);
    ObjectNode labels = json.putObject("labels");
    new TreeMap<>(services.labels()).forEach(labels::put);
    labels.put(INSTALLATION, task.attempt().installation());
    String digest = digest(json.toString());
    labels.put(DIGEST, digest);
    json.put("name", "tf-" + digest);
    return new Definition(json);
  }

  private static String image(TaskSpec task, OscarOptions options) throws AttemptFailure {
    ContainerSpec container = task.container();
    if (container == null) {
      return options.services().image();
    }
    return switch (container.image()) {
      case ContainerSpec.Image.Pull pull -> pull.reference();
      case ContainerSpec.Image.Present present -> container.imageId();
      case ContainerSpec.Image.Load load -> throw needsRegistry(options, "dockerLoad");
      case ContainerSpec.Image.Import root -> throw needsRegistry(options, "dockerImport");
      case ContainerSpec.Image.Build build -> throw needsRegistry(options, "dockerFile");
    };
  }

  private static AttemptFailure needsRegistry(OscarOptions options, String field) {
    return new AttemptFailure(
        FailureKind.USER,
        "site %s pulls images from registries: expected dockerPull in DockerRequirement, found %s; push the image and name it there"
            .formatted(options.site(), field));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
              0,
              10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Definition parse(String text) {
    try {
      return new Definition(JSON.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no definition of a service: " + text, e);
    }
  }

  String name() {
    return json.path("name").asString();
  }

  /** Whether a service that OSCAR has is this one, as it was made. */
  boolean isSame(JsonNode service) {
    return json.path("labels").path(DIGEST).equals(service.path("labels").path(DIGEST))
        && json.path("script").equals(service.path("script"))
        && json.path("image").equals(service.path("image"));
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
