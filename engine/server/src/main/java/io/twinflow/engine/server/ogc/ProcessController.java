package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The processes: listed, described, deployed, replaced and undeployed. */
@RestController
@RequestMapping(OgcErrors.BASE + "/processes")
class ProcessController {

  private final ProcessStore processes;
  private final DescribeProcess describe;
  private final ReadPackage packages;
  private final Pages pages;

  ProcessController(
      ProcessStore processes, DescribeProcess describe, ReadPackage packages, Pages pages) {
    this.processes = processes;
    this.describe = describe;
    this.packages = packages;
    this.pages = pages;
  }

  record ProcessList(List<ObjectNode> processes, List<Link> links) {}

  @GetMapping
  ResponseEntity<String> list(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String after,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request)
      throws InvalidDefinitionException {
    Base base = Base.ofRequest();
    int most = Limit.of(limit);
    List<StoredProcess> found = processes.page(caller, after, most + 1);
    List<ObjectNode> page = new ArrayList<>();
    for (StoredProcess process : found.subList(0, Math.min(most, found.size()))) {
      page.add(describe.summary(process, base));
    }
    String self = base.to("/processes");
    List<Link> links = new ArrayList<>();
    links.add(Link.json(self, "self", "This list"));
    links.add(Link.html(self, "alternate", "This list for people"));
    if (found.size() > most) {
      String last = URLEncoder.encode(found.get(most - 1).id(), StandardCharsets.UTF_8);
      links.add(
          Link.json(self + "?limit=" + most + "&after=" + last, "next", "The next processes"));
    }
    return pages.answer(request, "Processes", new ProcessList(page, links));
  }

  @GetMapping("/{id}")
  ResponseEntity<String> get(
      @PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
      throws InvalidDefinitionException {
    return pages.answer(request, id, describe.full(found(caller, id), Base.ofRequest()));
  }

  @GetMapping("/{id}/package")
  ResponseEntity<byte[]> content(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    StoredProcess process = found(caller, id);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(process.packageType()))
        .header("X-Content-Type-Options", "nosniff")
        .body(process.content().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping
  ResponseEntity<String> deploy(
      @RequestParam(name = "w", required = false) @Nullable String workflow,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request)
      throws IOException, InvalidDefinitionException {
    StoredProcess process =
        packages.read(caller, request.getContentType(), body(request), workflow);
    if (!processes.add(caller, process)) {
      if (processes.find(caller, process.id()).filter(known -> !known.mutable()).isPresent()) {
        throw immutable(process.id(), "");
      }
      throw OgcErrors.deploy(
          HttpStatus.CONFLICT,
          "duplicated-process",
          "there is a process %s; replace it with PUT, or deploy under another id"
              .formatted(process.id()));
    }
    Base base = Base.ofRequest();
    return ResponseEntity.created(URI.create(base.process(process.id())))
        .contentType(MediaType.APPLICATION_JSON)
        .body(describe.summary(process, base).toString());
  }

  @PutMapping("/{id}")
  ResponseEntity<String> replace(
      @PathVariable String id,
      @RequestParam(name = "w", required = false) @Nullable String workflow,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request)
      throws IOException, InvalidDefinitionException {
    mutable(caller, id);
    StoredProcess process =
        packages.read(caller, request.getContentType(), body(request), workflow).named(id);
    processes.replace(caller, process);
    return pages.answer(request, id, describe.summary(process, Base.ofRequest()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> undeploy(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
    mutable(caller, id);
    processes.remove(caller, id);
    return ResponseEntity.noContent().build();
  }

  private StoredProcess found(Caller caller, String id) {
    return processes.find(caller, id).orElseThrow(() -> OgcErrors.noSuchProcess(id));
  }

  private void mutable(Caller caller, String id) {
    StoredProcess process = found(caller, id);
    boolean theirs = caller.administrator() || process.subject().equals(caller.subject());
    if (!process.mutable() || !theirs) {
      throw immutable(id, theirs ? "" : ": it was deployed by somebody else");
    }
  }

  private static RuntimeException immutable(String id, String why) {
    return OgcErrors.deploy(
        HttpStatus.FORBIDDEN,
        "immutable-process",
        "%s may not be replaced or undeployed%s".formatted(id, why));
  }

  private static String body(HttpServletRequest request) throws IOException {
    ReadPackage.checkType(request.getContentType());
    byte[] body = request.getInputStream().readAllBytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw OgcErrors.invalid("the package is not UTF-8");
    }
  }
}
