package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ReadLimits;
import io.twinflow.workflowdefs.xml.UniqueIds;
import io.twinflow.workflowdefs.xml.XmlDocument;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and checks DMN documents. Pure: nothing is fetched and nothing is run. */
public final class DmnReader {

  private static final ReadLimits LIMITS = new ReadLimits(4L << 20, 64, 200_000);

  /** Decisions are followed from one to the next. */
  private static final int MOST_DECISIONS = 200;

  private static final Set<String> READ = Set.of("itemDefinition", "inputData", "decision");
  private static final Set<String> PASSED =
      Set.of(
          "knowledgeSource",
          "organizationUnit",
          "performanceIndicator",
          "elementCollection",
          "textAnnotation",
          "association",
          "group");

  private DmnReader() {}

  /**
   * @param source the name for messages
   * @throws InvalidDefinitionException with everything that is wrong, or not evaluated here
   */
  public static DmnDocument read(String source, byte[] bytes) throws InvalidDefinitionException {
    XmlElement root = XmlDocument.read(source, bytes, LIMITS);
    ProblemLog log = new ProblemLog();
    checkRoot(root, log);
    log.throwIfAny();
    List<DecisionPart> parts = parts(root, log);
    log.throwIfAny();
    Requirements requirements = new Requirements(parts);
    requirements.checkCircles(log);
    log.throwIfAny();
    DecisionPart main = main(requirements, log);
    List<Decision> decisions =
        parts.stream().map(part -> decision(part, requirements, log)).toList();
    log.throwIfAny();
    return new DmnDocument(
        source, sha256(bytes), decisions, mainOf(decisions, main), log.warnings());
  }

  private static void checkRoot(XmlElement root, ProblemLog log) {
    if (!DmnNamespaces.isModel(root.namespace()) || !root.name().equals("definitions")) {
      log.error(
          root.position(),
          "expected a document of DMN 1.1 to 1.5, <definitions xmlns=\"%s\">, found <%s xmlns=\"%s\">."
              .formatted(DmnNamespaces.newest(), root.name(), root.namespace()));
      return;
    }
    UniqueIds.check(root, log);
    Elements.check(root, READ, PASSED, log);
    List<XmlElement> decisions = root.children("decision");
    if (decisions.isEmpty()) {
      log.error(root.position(), "there is no decision in this document.");
    }
    if (decisions.size() > MOST_DECISIONS) {
      log.error(
          decisions.get(MOST_DECISIONS).position(),
          "a document has at most %d decisions, this one has %d."
              .formatted(MOST_DECISIONS, decisions.size()));
    }
    for (XmlElement decision : decisions) {
      if (decision.attribute("id").isBlank()) {
        log.error(decision.position(), "a decision needs id=\"…\".");
      }
    }
  }

  private static List<DecisionPart> parts(XmlElement root, ProblemLog log) {
    ExpressionReader expressions = new ExpressionReader(log);
    expressions.checkLanguage(root);
    TypeReader types = new TypeReader(root, expressions, log);
    DecisionReader reader = new DecisionReader(new Shared(root, log), expressions, types, log);
    List<DecisionPart> parts = new ArrayList<>();
    for (XmlElement element : root.children("decision")) {
      DecisionPart part = reader.read(element);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static DecisionPart main(Requirements requirements, ProblemLog log) {
    List<DecisionPart> mains = requirements.mains();
    if (mains.size() > 1) {
      log.unsupported(
          mains.get(1).position(),
          "expected one main decision, which no other requires, found %s. Split the document, or let one decision require the others."
              .formatted(
                  mains.stream()
                      .map(part -> "\"%s\"".formatted(part.name()))
                      .collect(Collectors.joining(", "))));
    }
    return mains.getFirst();
  }

  private static Decision mainOf(List<Decision> decisions, DecisionPart main) {
    return decisions.stream()
        .filter(decision -> decision.id().equals(main.id()))
        .findFirst()
        .orElseThrow();
  }

  private static Decision decision(DecisionPart part, Requirements requirements, ProblemLog log) {
    List<DecisionPart> order = requirements.order(part);
    Map<String, DecisionPart.Input> inputs = new LinkedHashMap<>();
    for (DecisionPart each : order) {
      for (DecisionPart.Input input : each.inputs()) {
        DecisionPart.Input known = inputs.putIfAbsent(input.name(), input);
        if (known != null && !known.position().equals(input.position())) {
          log.error(
              input.position(),
              "two inputs have the name \"%s\". Give one of them another name."
                  .formatted(input.name()));
        }
      }
    }
    return new Decision(part, new EvaluateDecision(order, List.copyOf(inputs.values())));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
