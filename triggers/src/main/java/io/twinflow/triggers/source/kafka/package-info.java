/** Topics of Kafka. */
@NullMarked
package io.twinflow.triggers.source.kafka;

import org.jspecify.annotations.NullMarked;
