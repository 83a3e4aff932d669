/** A checked CWL document as immutable records, with the meaning of version 1.2. */
@NullMarked
package io.twinflow.workflowdefs.cwl;

import org.jspecify.annotations.NullMarked;
