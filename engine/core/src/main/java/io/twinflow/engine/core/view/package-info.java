/** Views: what people want to know of a run, projected from its journal and nothing else. */
@NullMarked
package io.twinflow.engine.core.view;

import org.jspecify.annotations.NullMarked;
