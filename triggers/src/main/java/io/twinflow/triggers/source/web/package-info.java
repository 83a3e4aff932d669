/** How sources reach servers that speak HTTP. */
@NullMarked
package io.twinflow.triggers.source.web;

import org.jspecify.annotations.NullMarked;
