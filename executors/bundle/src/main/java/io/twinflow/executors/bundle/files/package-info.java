/** An attempt's files where the engine sees them: what is staged, and what is found afterwards. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.bundle.files;
