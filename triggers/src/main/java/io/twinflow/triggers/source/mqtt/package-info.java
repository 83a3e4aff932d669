/** Topics of an MQTT broker (OASIS MQTT 3.1.1 and 5.0). */
@NullMarked
package io.twinflow.triggers.source.mqtt;

import org.jspecify.annotations.NullMarked;
