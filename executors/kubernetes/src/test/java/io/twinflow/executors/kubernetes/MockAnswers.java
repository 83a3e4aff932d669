package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the mock lacks: a version, rights, Kueue's API group, events by reason, lost answers. */
final class MockAnswers extends KubernetesCrudDispatcher {

  private static final String REVIEWS = "selfsubjectaccessreviews";

  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile String minor = "33";
  private volatile boolean kueue;

  void setMinor(String version) {
    minor = version;
  }

  /** As in {@code "verb":"delete"} of a question for rights. */
  void forbid(String part) {
    forbidden.add(part);
  }

  void haveKueue() {
    kueue = true;
  }

  /** That many Jobs are created without an answer that says so. */
  void loseAnswers(int count) {
    lost.set(count);
  }

  /** How often a path was asked for that has this in it. */
  long asked(String part) {
    return asked.stream().filter(one -> one.contains(part)).count();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String path = request.getPath();
    asked.add(request.getMethod() + " " + path);
    if (path.equals("/version")) {
      return json(
          """
          {"major": "1", "minor": "%s", "gitVersion": "v1.%s.1", "buildDate": "2025-05-15T08:19:08Z"}
          """
              .formatted(minor, minor));
    }
    if (path.contains(REVIEWS)) {
      String body = request.getUtf8Body();
      boolean allowed = forbidden.stream().noneMatch(body::contains);
      return json("""
      {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "status": {"allowed": %s}}
      """
              .formatted(allowed))
          .setResponseCode(201);
    }
    if (path.equals("/apis/" + QueueWatch.GROUP)) {
      return kueue
          ? json(
              """
              {"kind": "APIGroup", "apiVersion": "v1", "name": "kueue.x-k8s.io",
               "versions": [{"groupVersion": "kueue.x-k8s.io/v1beta2", "version": "v1beta2"}],
               "preferredVersion": {"groupVersion": "kueue.x-k8s.io/v1beta2", "version": "v1beta2"}}
              """)
          : new MockResponse().setResponseCode(404);
    }
    MockResponse answer = super.dispatch(request);
    boolean creates = request.getMethod().equals("POST") && path.endsWith("/jobs");
    return creates && lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        ? new MockResponse().setResponseCode(504)
        : answer;
  }

  private static MockResponse json(String text) {
    return new MockResponse()
        .setResponseCode(200)
        .setHeader("Content-Type", "application/json")
        .setBody(text);
  }

  /** It knows the names of things as the only fields to choose by; here all events are refusals. */
  @Override
  public MockResponse handleGet(String path) {
    return super.handleGet(
        path.contains("/events") ? path.replaceFirst("fieldSelector=[^&]*&?", "") : path);
  }
}
