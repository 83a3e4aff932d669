package io.twinflow.engine.dmn;

import org.jspecify.annotations.Nullable;

/**
 * A rule of a table that matched.
 *
 * @param decision the id of the decision whose table it is
 * @param rule its number in the table, from 1
 * @param id its id in the document, if it has one
 */
public record MatchedRule(String decision, int rule, @Nullable String id) {}
