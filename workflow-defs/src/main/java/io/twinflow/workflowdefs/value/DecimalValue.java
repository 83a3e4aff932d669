package io.twinflow.workflowdefs.value;

import java.math.BigDecimal;

/**
 * CWL {@code float} and {@code double}, and whole numbers beyond 64 bits. Kept as written, so that
 * a number that only passes through is not rounded.
 */
public record DecimalValue(BigDecimal value) implements Value {}
