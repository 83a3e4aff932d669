/** The journal on PostgreSQL, and a private PostgreSQL to put it on. */
@NullMarked
package io.twinflow.engine.postgres;

import org.jspecify.annotations.NullMarked;
