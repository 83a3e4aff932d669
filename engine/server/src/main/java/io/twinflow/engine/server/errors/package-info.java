/** Problem details, in the form that each interface promises its clients. */
@NullMarked
package io.twinflow.engine.server.errors;

import org.jspecify.annotations.NullMarked;
