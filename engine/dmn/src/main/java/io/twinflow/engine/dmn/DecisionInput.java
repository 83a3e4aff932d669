package io.twinflow.engine.dmn;

/**
 * What a decision must be given.
 *
 * @param type FEEL's name of it: {@code string}, {@code number}, {@code boolean}, {@code date},
 *     {@code time}, {@code date and time}, a duration, {@code context}, {@code Any}, or {@code list
 *     of} one of them
 */
public record DecisionInput(String name, String type) {}
