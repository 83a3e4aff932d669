package io.twinflow.engine.core;

import io.twinflow.executors.api.FailureKind;

/**
 * Why a task, a scope or a run failed (DESIGN.md, rule 7).
 *
 * @param kind whose fault it is, and so which budget of retries it uses
 * @param code stable and short, for programs: {@code tool.exit}, {@code input.missing} …
 * @param message for people: the object, the expected, the found, and what to do
 */
public record Failure(FailureKind kind, String code, String message) {}
