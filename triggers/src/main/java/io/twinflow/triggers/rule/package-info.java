/** What a trigger says: which events it is for, and what is made of them. */
@NullMarked
package io.twinflow.triggers.rule;

import org.jspecify.annotations.NullMarked;
