/** FEEL, bounded: values, types, expressions and tests that cost little and reach nothing. */
@NullMarked
package io.twinflow.engine.dmn.feel;

import org.jspecify.annotations.NullMarked;
