package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.workflowdefs.bpmn.BpmnDocument;
import io.twinflow.workflowdefs.bpmn.load.BpmnReader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Processes in BPMN and decisions in DMN, which run on servers; known by their names. */
final class XmlDocuments {

  private static final String BPMN = ".bpmn";
  private static final String DMN = ".dmn";

  private XmlDocuments() {}

  static boolean isBpmn(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(BPMN);
  }

  /** What this command itself cannot run. */
  static void refuse(String file) throws CliException {
    if (isBpmn(file)) {
      throw new CliException(
          ExitCode.UNSUPPORTED,
          file
              + ": processes in BPMN run on a server. Check it with twinflow validate, keep it with POST /api/v1/workflows and start it with POST /api/v1/runs, as docs/bpmn.md shows.");
    }
    if (file.toLowerCase(Locale.ROOT).endsWith(DMN)) {
      throw new CliException(
          ExitCode.UNSUPPORTED,
          file
              + ": decisions in DMN are made on a server, which checks them too. Keep it there with POST /api/v1/workflows, as docs/dmn.md shows.");
    }
  }

  static BpmnDocument read(Context context, String file) throws CliException {
    try {
      return BpmnReader.read(file, Files.readAllBytes(context.invocation().resolve(file)));
    } catch (InvalidDefinitionException e) {
      throw Definitions.wrong(e);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILURE, file + ": cannot be read: " + e, e);
    }
  }
}
