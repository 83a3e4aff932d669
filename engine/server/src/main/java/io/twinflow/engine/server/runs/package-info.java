/** What the server does with runs, whoever asks. */
@NullMarked
package io.twinflow.engine.server.runs;

import org.jspecify.annotations.NullMarked;
