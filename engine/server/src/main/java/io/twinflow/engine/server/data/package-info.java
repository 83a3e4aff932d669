/** Where the data of runs comes from and goes to: stores, and copies near the site. */
@NullMarked
package io.twinflow.engine.server.data;

import org.jspecify.annotations.NullMarked;
