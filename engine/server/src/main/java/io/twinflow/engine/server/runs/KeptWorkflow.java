package io.twinflow.engine.server.runs;

import java.time.Instant;

/**
 * A workflow of the catalogue.
 *
 * @param version SHA-256 of its pinned sources
 * @param created UTC
 */
public record KeptWorkflow(
    String id, String subject, String name, Kind kind, String version, Instant created) {}
