/** Queues of an AMQP 0-9-1 broker, as RabbitMQ is one. */
@NullMarked
package io.twinflow.triggers.source.amqp;

import org.jspecify.annotations.NullMarked;
