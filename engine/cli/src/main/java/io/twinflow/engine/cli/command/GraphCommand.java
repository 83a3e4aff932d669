package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.graph.Dot;
import io.twinflow.engine.cli.graph.Graph;
import io.twinflow.engine.cli.graph.Mermaid;
import io.twinflow.engine.cli.graph.ReadGraph;
import io.twinflow.engine.cli.graph.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a workflow. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = "Draws a workflow with its sub-workflows.",
    footer = {
      "",
      "Examples:",
      "  twinflow graph workflow.cwl -o workflow.svg",
      "  twinflow graph --format mermaid workflow.cwl"
    })
final class GraphCommand implements Callable<Integer> {

  /** The languages of pictures. */
  enum Format {
    SVG,
    DOT,
    MERMAID
  }

  private final Context context;

  @Option(
      names = "--format",
      description = "svg, dot or mermaid (default: what -o ends in, or svg).")
  private @Nullable Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the picture goes (default: standard output).")
  private @Nullable String output;

  @Parameters(paramLabel = "FILE", description = "A file or URL; #name picks a process.")
  private String file = "";

  GraphCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws CliException {
    Graph graph = ReadGraph.of(Definitions.loadPart(context, file).document().process());
    String picture =
        switch (chosen()) {
          case SVG -> Svg.draw(graph);
          case DOT -> Dot.write(graph);
          case MERMAID -> Mermaid.write(graph);
        };
    String target = output;
    if (target == null) {
      context.invocation().out().print(picture);
      return ExitCode.SUCCESS;
    }
    Path path = context.invocation().resolve(target);
    try {
      Files.writeString(path, picture);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, path + ": cannot be written: " + e.getMessage(), e);
    }
    return ExitCode.SUCCESS;
  }

  private Format chosen() {
    Format asked = format;
    if (asked != null) {
      return asked;
    }
    String target = output == null ? "" : output;
    if (target.endsWith(".dot") || target.endsWith(".gv")) {
      return Format.DOT;
    }
    return target.endsWith(".mmd") || target.endsWith(".md") ? Format.MERMAID : Format.SVG;
  }
}
