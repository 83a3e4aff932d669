/** The sites where tasks may run, for those who choose one and those who look after them. */
@NullMarked
package io.twinflow.engine.server.sites;

import org.jspecify.annotations.NullMarked;
