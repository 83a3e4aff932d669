/** The GA4GH Workflow Execution Service, version 1.1, over the same runs as every interface. */
@NullMarked
package io.twinflow.engine.server.wes;

import org.jspecify.annotations.NullMarked;
