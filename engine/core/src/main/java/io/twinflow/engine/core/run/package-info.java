/**
 * Carries a run on: one loop takes messages, decides, journals, and only then acts. What is slow or
 * outside is an effect that answers with a message.
 */
@NullMarked
package io.twinflow.engine.core.run;

import org.jspecify.annotations.NullMarked;
