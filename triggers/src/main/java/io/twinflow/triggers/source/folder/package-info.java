/** Files that arrive in a folder of this machine, as events. */
@NullMarked
package io.twinflow.triggers.source.folder;

import org.jspecify.annotations.NullMarked;
