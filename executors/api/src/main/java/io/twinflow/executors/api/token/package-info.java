/** Where the tokens that sites ask for come from, and how long they last. */
@NullMarked
package io.twinflow.executors.api.token;

import org.jspecify.annotations.NullMarked;
