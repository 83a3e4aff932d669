/**
 * The fold of a long run, saved from time to time, so that another engine need not read its whole
 * journal to take it up. A saved fold is a shortcut and nothing depends on it.
 */
@NullMarked
package io.twinflow.engine.core.saved;

import org.jspecify.annotations.NullMarked;
