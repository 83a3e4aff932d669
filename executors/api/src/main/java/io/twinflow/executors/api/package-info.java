/** The contract between the engine and a kind of compute. Depends on the JDK alone. */
@NullMarked
package io.twinflow.executors.api;

import org.jspecify.annotations.NullMarked;
