package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.Mapping;
import io.twinflow.workflowdefs.bpmn.Output;
import io.twinflow.workflowdefs.bpmn.Work;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a service task asks for. */
record WorkReader(ProblemLog log) {

  static final List<String> KINDS = List.of("run", "tool", "decide", "mail", "webhook", "http");

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> RESPONSE = List.of("status", "body", "headers");

  /** Null if there is nothing that can be read, which is told. */
  @Nullable Work read(XmlElement task) {
    List<XmlElement> work = Names.extensions(task);
    if (work.size() != 1) {
      log.error(
          task.position(),
          "a serviceTask needs one of tw:run, tw:tool, tw:decide, tw:mail, tw:webhook and tw:http in its extensionElements (xmlns:tw=\"%s\"), found %s."
              .formatted(Names.TWINFLOW, work.isEmpty() ? "none" : work.size()));
      return null;
    }
    XmlElement element = work.getFirst();
    Taken taken = new Taken(element, log);
    Work read =
        switch (element.name()) {
          case "run" -> run(element, taken);
          case "tool" -> tool(element, taken);
          case "decide" -> decide(element, taken);
          case "mail" -> mail(element, taken);
          case "webhook" -> webhook(element, taken);
          case "http" -> http(element, taken);
          default -> {
            log.error(
                element.position(),
                "tw:%s is no work for a service task; expected one of tw:run, tw:tool, tw:decide, tw:mail, tw:webhook, tw:http.%s"
                    .formatted(element.name(), NearestName.hint(element.name(), KINDS)));
            yield null;
          }
        };
    if (read != null) {
      taken.end();
    }
    return read;
  }

  /** A business rule task asks a table, and nothing else. Null if it does not, which is told. */
  @Nullable Work readDecision(XmlElement task) {
    List<XmlElement> work = Names.extensions(task);
    if (work.size() != 1 || !work.getFirst().name().equals("decide")) {
      log.unsupported(
          task.position(),
          "a businessRuleTask needs one <tw:decide decision=\"…\"> in its extensionElements (xmlns:tw=\"%s\"), found %s. Keep the table as a document in DMN, and name that document."
              .formatted(
                  Names.TWINFLOW,
                  work.isEmpty()
                      ? "none"
                      : work.size() > 1 ? work.size() : Names.written(work.getFirst())));
      return null;
    }
    return read(task);
  }

  private Work run(XmlElement element, Taken taken) {
    allow(element, "input", "output");
    return new Work.RunWorkflow(
        taken.requiredTemplate("workflow", "the name of a workflow, or the digest of a version"),
        taken.template("site"),
        mappings(element, "input"),
        outputs(element));
  }

  private Work tool(XmlElement element, Taken taken) {
    allow(element, "input", "output");
    return new Work.RunTool(
        taken.requiredTemplate("tool", "the name of a tool, or the digest of a version"),
        taken.requiredTemplate("site", "the name of the site that runs it"),
        mappings(element, "input"),
        outputs(element));
  }

  private Work decide(XmlElement element, Taken taken) {
    allow(element, "input", "output");
    return new Work.Decide(
        taken.requiredTemplate("decision", "the name of a kept document in DMN, or its digest"),
        mappings(element, "input"),
        outputs(element));
  }

  private Work mail(XmlElement element, Taken taken) {
    allow(element);
    taken.required("to", "the addresses, with commas between them");
    Template text = taken.template(element.text().strip(), element.textPosition());
    return new Work.SendMail(
        taken.templates("to"),
        taken.requiredTemplate("subject", "what the mail is about"),
        text == null ? new Template("", element.position(), List.of()) : text);
  }

  private Work webhook(XmlElement element, Taken taken) {
    allow(element, "input");
    return new Work.SendWebhook(url(taken), secret(taken), mappings(element, "input"));
  }

  private Work http(XmlElement element, Taken taken) {
    allow(element, "header", "body", "output");
    String method = taken.required("method", "one of " + METHODS.stream().sorted().toList());
    if (!method.isEmpty() && !METHODS.contains(method)) {
      log.error(
          taken.at("method"),
          "expected one of %s, found \"%s\"."
              .formatted(METHODS.stream().sorted().toList(), method));
    }
    List<Output> outputs = outputs(element);
    for (Output output : outputs) {
      if (!RESPONSE.contains(output.name())) {
        log.error(
            element.position(),
            "a response has %s, and no \"%s\".%s"
                .formatted(
                    String.join(", ", RESPONSE),
                    output.name(),
                    NearestName.hint(output.name(), RESPONSE)));
      }
    }
    return new Work.CallHttp(
        method, url(taken), secret(taken), headers(element), body(element), outputs);
  }

  private @Nullable Template body(XmlElement http) {
    Template body = null;
    for (XmlElement child : own(http, "body")) {
      if (body != null) {
        log.error(child.position(), "tw:http has one tw:body, found a second.");
      }
      Taken taken = new Taken(child, log);
      taken.end();
      body = taken.template(child.text().strip(), child.textPosition());
    }
    return body;
  }

  /** Where it leads is looked at again when it is called: names can come to mean other machines. */
  private Template url(Taken taken) {
    Template url = taken.requiredTemplate("url", "where it is sent");
    if (url.isConstant() && !url.text().isEmpty()) {
      checkUrl(url.text(), url.position());
    }
    return url;
  }

  private void checkUrl(String text, Position position) {
    try {
      URI uri = URI.create(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!web || uri.getHost() == null) {
        log.error(
            position, "expected a URL such as https://host/path, found \"%s\".".formatted(text));
      } else if (uri.getRawUserInfo() != null) {
        log.error(
            position,
            "the URL holds a user or password, which all who may read the process would see. Keep it as a secret and write its name: secret=\"…\".");
      }
    } catch (IllegalArgumentException e) {
      log.error(position, "\"%s\" is no URL: %s.".formatted(text, e.getMessage()));
    }
  }

  /** A secret that a variable chooses could be any of them. */
  private @Nullable String secret(Taken taken) {
    String secret = taken.text("secret");
    if (secret != null && secret.contains("${")) {
      log.error(
          taken.at("secret"),
          "the name of a secret is written out; found the expression %s.".formatted(secret));
    }
    return secret;
  }

  private List<Mapping> headers(XmlElement http) {
    List<Mapping> headers = mappings(http, "header");
    for (Mapping header : headers) {
      if (!header.name().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
        log.error(http.position(), "\"%s\" is no name of a header.".formatted(header.name()));
      }
    }
    return headers;
  }

  List<Mapping> mappings(XmlElement element, String kind) {
    List<Mapping> mappings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (XmlElement child : own(element, kind)) {
      Taken taken = new Taken(child, log);
      String name = taken.required("name", "the name it is given on under");
      Template value = taken.template("value");
      if (value == null && taken.optional("value") == null) {
        taken.required("value", "a text, or an expression ${…}");
      }
      taken.end();
      if (!names.add(name)) {
        log.error(child.position(), "tw:%s \"%s\" stands twice.".formatted(kind, name));
      }
      mappings.add(
          new Mapping(name, value == null ? new Template("", child.position(), List.of()) : value));
    }
    return mappings;
  }

  List<Output> outputs(XmlElement element) {
    List<Output> outputs = new ArrayList<>();
    Set<String> variables = new HashSet<>();
    for (XmlElement child : own(element, "output")) {
      Taken taken = new Taken(child, log);
      String name = taken.required("name", "the result that is kept");
      String as = taken.text("as");
      String variable = taken.checkedVariable(as == null ? name : as, taken.at("as"));
      taken.end();
      if (!variables.add(variable)) {
        log.error(child.position(), "two results become the variable \"%s\".".formatted(variable));
      }
      outputs.add(new Output(name, variable));
    }
    return outputs;
  }

  /** Tells what is none of the elements that can stand here. */
  void allow(XmlElement element, String... names) {
    for (XmlElement child : element.children()) {
      if (!Names.isTwinflow(child) || !List.of(names).contains(child.name())) {
        log.error(
            child.position(),
            "%s cannot stand in %s%s"
                .formatted(
                    Names.written(child),
                    Names.written(element),
                    names.length == 0
                        ? "."
                        : "; expected tw:%s.".formatted(String.join(" or tw:", names))));
      }
    }
  }

  private static List<XmlElement> own(XmlElement element, String name) {
    return element.children().stream()
        .filter(child -> Names.isTwinflow(child) && child.name().equals(name))
        .toList();
  }
}
