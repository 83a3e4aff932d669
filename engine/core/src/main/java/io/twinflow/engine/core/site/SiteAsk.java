package io.twinflow.engine.core.site;

import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.RecordValue;

/**
 * What an attempt needs of the site it goes to.
 *
 * @param more why it asks for more than its definition does; empty if it does not
 * @param inputs with locations
 */
public record SiteAsk(
    String address,
    Requirements requirements,
    ResourceRequest resources,
    String more,
    RecordValue inputs) {}
