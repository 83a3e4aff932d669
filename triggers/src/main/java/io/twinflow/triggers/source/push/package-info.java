/** Systems that send events by themselves, and can show a secret but no token. */
@NullMarked
package io.twinflow.triggers.source.push;

import org.jspecify.annotations.NullMarked;
