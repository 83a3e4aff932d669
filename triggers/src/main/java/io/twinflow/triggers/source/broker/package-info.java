/** What all sources that read from a broker have in common. */
@NullMarked
package io.twinflow.triggers.source.broker;

import org.jspecify.annotations.NullMarked;
