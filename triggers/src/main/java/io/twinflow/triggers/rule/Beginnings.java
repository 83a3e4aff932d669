package io.twinflow.triggers.rule;

/**
 * What the attributes of all events begin with that a trigger is for; empty where it may be any.
 */
public record Beginnings(String source, String type, String subject) {}
