/** Fields that people have written, read one by one, each refused where it stands. */
@NullMarked
package io.twinflow.executors.api.settings;

import org.jspecify.annotations.NullMarked;
