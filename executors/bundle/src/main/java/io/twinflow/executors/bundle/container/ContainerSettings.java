package io.twinflow.executors.bundle.container;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.executors.bundle.container.ContainerTemplate.Images;
import io.twinflow.executors.bundle.container.ContainerTemplate.Refusal;
import io.twinflow.executors.bundle.container.ContainerTemplate.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how a site runs containers: {@code container: podman}, or a template of its own with {@code
 * containerTemplate:}; and {@code containerEnvironment:}, what the engine's program needs on the
 * nodes.
 */
public final class ContainerSettings {

  private static final String WORDS = "a list of words";
  private static final String FIELD = "containerTemplate";

  private ContainerSettings() {}

  /** Empty if the site runs none. */
  public static Optional<ContainerTemplate> read(Settings settings) throws InvalidSettingException {
    Optional<String> name = settings.text("container", expected());
    Optional<Settings> own =
        settings.section(FIELD, "the words of a container engine: run, mount and others");
    Map<String, String> environment =
        settings.table("containerEnvironment", "variables of the engine's program, by name");
    if (name.isPresent() && own.isPresent()) {
      throw settings.wrong(FIELD, "either container or containerTemplate, not both");
    }
    Optional<ContainerTemplate> template;
    if (name.isPresent()) {
      template = ContainerEngines.named(name.get());
      if (template.isEmpty()) {
        throw settings.wrong("container", expected());
      }
    } else {
      template = own.isPresent() ? Optional.of(own(settings, own.get())) : Optional.empty();
    }
    return template.map(t -> t.withEnvironment(environment));
  }

  private static String expected() {
    return "one of %s, or containerTemplate with words of your own"
        .formatted(String.join(", ", ContainerEngines.NAMES));
  }

  private static ContainerTemplate own(Settings settings, Settings own)
      throws InvalidSettingException {
    try {
      return new ContainerTemplate(
          own.required("name", "the name of the engine"),
          own.texts("prepare", WORDS),
          own.texts("run", WORDS + " with {mounts}, {env}, {image} and {command} among them"),
          own.texts("remove", WORDS),
          own.texts("mount", WORDS + " with {source}, {target} and {mode} in them"),
          own.texts("noNetwork", WORDS),
          own.texts("gpus", WORDS),
          variables(own),
          own.choice("images", Images.class).orElse(Images.ADDRESS),
          own.text("failure", "how the engine's own last line begins when it fails")
              .<Refusal>map(Refusal.Says::new)
              .orElse(new Refusal.Silent()),
          Map.of());
    } catch (IllegalArgumentException e) {
      throw settings.wrong(FIELD, "a template that can be filled in (" + e.getMessage() + ")");
    }
  }

  private static Variables variables(Settings own) throws InvalidSettingException {
    Optional<String> prefix =
        own.text("variablePrefix", "what variables begin with, as in APPTAINERENV_");
    if (prefix.isPresent()) {
      return new Variables.Prefix(prefix.get());
    }
    List<String> words = new ArrayList<>(own.texts("variable", WORDS + " with {name} in them"));
    if (words.isEmpty()) {
      throw own.wrong("variable", WORDS + " with {name}, as in [--env, \"{name}\"]");
    }
    return new Variables.Names(words);
  }
}
