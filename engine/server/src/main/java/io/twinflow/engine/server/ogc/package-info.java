/** OGC API - Processes: Part 1 (Core), and Part 2 (Deploy, Replace, Undeploy) with CWL. */
@NullMarked
package io.twinflow.engine.server.ogc;

import org.jspecify.annotations.NullMarked;
