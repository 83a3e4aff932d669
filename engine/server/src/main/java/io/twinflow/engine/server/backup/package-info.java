/** Takes a whole installation out into one archive, and makes a data folder of it again. */
@NullMarked
package io.twinflow.engine.server.backup;

import org.jspecify.annotations.NullMarked;
