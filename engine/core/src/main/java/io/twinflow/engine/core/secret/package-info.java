/** Secret inputs: handles everywhere, texts in an encrypted store and in the hands of a site. */
@NullMarked
package io.twinflow.engine.core.secret;

import org.jspecify.annotations.NullMarked;
