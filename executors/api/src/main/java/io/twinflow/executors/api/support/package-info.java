/** What clients of sites need alike. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.api.support;
