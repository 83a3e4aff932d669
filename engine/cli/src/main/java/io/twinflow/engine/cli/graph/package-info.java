/** Pictures of workflows: SVG drawn here, DOT and Mermaid for other tools. */
@NullMarked
package io.twinflow.engine.cli.graph;

import org.jspecify.annotations.NullMarked;
