/** Documents in YAML as fields that are read one by one. */
@NullMarked
package io.twinflow.engine.core.settings;

import org.jspecify.annotations.NullMarked;
