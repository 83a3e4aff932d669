package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.workflowdefs.source.NearestName;
import java.util.List;
import java.util.Map;

/** Refuses names of sites that there are not, before a run is made. */
final class KnownSites {

  private KnownSites() {}

  static void check(RunOptions options, List<String> known) throws CliException {
    for (Map.Entry<String, String> site : options.sites().entrySet()) {
      if (!known.contains(site.getValue())) {
        throw CliException.usage(
            "--site %s%s: there is no site of this name; expected one of %s.%s Sites are added in the configuration, see: twinflow sites"
                .formatted(
                    site.getKey().isEmpty() ? "" : site.getKey() + "=",
                    site.getValue(),
                    String.join(", ", known),
                    NearestName.hint(site.getValue(), known)));
      }
    }
  }
}
