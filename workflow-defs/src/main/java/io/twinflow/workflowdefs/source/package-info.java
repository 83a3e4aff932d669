/** Reading sources: text to positioned nodes, and problems that point into them. */
@NullMarked
package io.twinflow.workflowdefs.source;

import org.jspecify.annotations.NullMarked;
