/** Loads CWL documents of versions 1.0 to 1.2 into the records, and pins what was loaded. */
@NullMarked
package io.twinflow.workflowdefs.cwl.load;

import org.jspecify.annotations.NullMarked;
