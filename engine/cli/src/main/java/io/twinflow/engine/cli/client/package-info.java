/** The command as a client of a server. */
@NullMarked
package io.twinflow.engine.cli.client;

import org.jspecify.annotations.NullMarked;
