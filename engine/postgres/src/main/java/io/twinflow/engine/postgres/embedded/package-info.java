/** A private PostgreSQL in a folder, for who has none. */
@NullMarked
package io.twinflow.engine.postgres.embedded;

import org.jspecify.annotations.NullMarked;
