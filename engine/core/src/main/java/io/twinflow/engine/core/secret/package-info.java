/**
 * Secret inputs: handles in the journal, values in an encrypted file, plain text only in a task.
 */
@NullMarked
package io.twinflow.engine.core.secret;

import org.jspecify.annotations.NullMarked;
