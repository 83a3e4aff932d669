/** Objects that come and go in S3 buckets, as events. */
@NullMarked
package io.twinflow.triggers.s3;

import org.jspecify.annotations.NullMarked;
