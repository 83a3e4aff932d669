/** Putting an attempt's files in place and finding its outputs; internal to the local executor. */
@NullMarked
package io.twinflow.executors.local.files;

import org.jspecify.annotations.NullMarked;
