/** What runs made, by the names of their outputs instead of where it lies. */
@NullMarked
package io.twinflow.engine.server.results;

import org.jspecify.annotations.NullMarked;
