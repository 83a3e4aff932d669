/** What every executor must do, as one test, and an executor that a test drives by hand. */
@NullMarked
package io.twinflow.executors.testing;

import org.jspecify.annotations.NullMarked;
