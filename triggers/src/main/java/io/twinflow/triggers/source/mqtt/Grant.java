package io.twinflow.triggers.source.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * What a broker answers to a subscription.
 *
 * @param qos the quality of service that it gives, if it is not refused
 * @param refusal null if it is granted
 */
record Grant(String topic, int qos, @Nullable String refusal) {}
