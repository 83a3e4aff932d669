/** What engine and sites do with files of this machine alike: digests, copies, whole folders. */
@org.jspecify.annotations.NullMarked
package io.twinflow.executors.api.files;
