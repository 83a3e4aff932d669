/** Sources that nobody tells anything: they look by themselves, now and then. */
@NullMarked
package io.twinflow.triggers.source.look;

import org.jspecify.annotations.NullMarked;
