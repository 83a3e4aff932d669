/** What a site's configuration says, and what its administrator is told. */
@NullMarked
package io.twinflow.executors.api.site;

import org.jspecify.annotations.NullMarked;
