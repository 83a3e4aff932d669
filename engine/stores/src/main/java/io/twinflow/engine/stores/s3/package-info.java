/** Artifacts in S3 and what speaks its language: MinIO, Ceph, and the stores of cloud providers. */
@NullMarked
package io.twinflow.engine.stores.s3;

import org.jspecify.annotations.NullMarked;
