package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What older versions mean without saying it. CWL v1.1, "Changelog": in v1.0 directories were
 * listed deeply and the network was open; since v1.1 both must be asked for.
 */
final class Upgrade {

  private Upgrade() {}

  static Requirements requirements(Requirements written, CwlVersion version, Position position) {
    if (version != CwlVersion.V1_0) {
      return written;
    }
    List<Requirement> hints = new ArrayList<>(written.hints());
    if (written.find(Requirement.LoadListingDefault.class).isEmpty()) {
      hints.add(new Requirement.LoadListingDefault(LoadListing.DEEP, position));
    }
    if (written.find(Requirement.NetworkAccess.class).isEmpty()) {
      hints.add(new Requirement.NetworkAccess(new ExpressionText("true", position), position));
    }
    return new Requirements(written.requirements(), hints);
  }
}
