package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.errors.ErrorForm;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Problem details as exceptions of OGC API - Processes, whose types are URIs of their own. */
@Component
class OgcErrors implements ErrorForm {

  static final String BASE = "/ogc";
  private static final String PART_1 =
      "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/";
  private static final String PART_2 =
      "http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/";

  static ErrorResponseException core(HttpStatus status, String type, String detail) {
    return exception(status, URI.create(PART_1 + type), detail);
  }

  static ErrorResponseException deploy(HttpStatus status, String type, String detail) {
    return exception(status, URI.create(PART_2 + type), detail);
  }

  /** Of inputs and parameters; the only type that the standard names for them is this word. */
  static ErrorResponseException invalid(String detail) {
    return exception(HttpStatus.BAD_REQUEST, URI.create("InvalidParameterValue"), detail);
  }

  static ErrorResponseException invalidQuery(String detail) {
    return core(HttpStatus.BAD_REQUEST, "invalid-query-parameter-value", detail);
  }

  /** Of an execute request; no type at all stands for JSON. Before anything is read. */
  static void checkJson(@Nullable String type) {
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!bare.isEmpty() && !bare.equals("application/json") && !bare.endsWith("+json")) {
      throw exception(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          URI.create("about:blank"),
          "expected application/json, found " + type);
    }
  }

  static ErrorResponseException noSuchJob(String id) {
    return core(HttpStatus.NOT_FOUND, "no-such-job", "there is no job %s".formatted(id));
  }

  static ErrorResponseException noSuchProcess(String id) {
    return core(HttpStatus.NOT_FOUND, "no-such-process", "there is no process %s".formatted(id));
  }

  /** Of a job; the type names the failure's code. */
  static ErrorResponseException failed(HttpStatus status, String code, String detail) {
    return exception(status, URI.create("urn:twinflow:failure:" + code), detail);
  }

  private static ErrorResponseException exception(HttpStatus status, URI type, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(type);
    return new ErrorResponseException(status, problem, null);
  }

  @Override
  public String base() {
    return BASE;
  }

  @Override
  public Answer of(ProblemDetail problem, String path) {
    boolean wrongInput = problem.getStatus() == HttpStatus.UNPROCESSABLE_CONTENT.value();
    int status = wrongInput ? HttpStatus.BAD_REQUEST.value() : problem.getStatus();
    Map<String, Object> exception = new LinkedHashMap<>();
    exception.put("type", type(problem, path, wrongInput));
    exception.put("title", String.valueOf(problem.getTitle()));
    exception.put("status", status);
    if (problem.getDetail() != null) {
      exception.put("detail", problem.getDetail());
    }
    exception.put("instance", path);
    return new Answer(HttpStatus.valueOf(status), exception);
  }

  private static String type(ProblemDetail problem, String path, boolean wrongInput) {
    URI type = problem.getType();
    if (type != null && !type.toString().equals("about:blank")) {
      return type.toString();
    }
    if (wrongInput) {
      return "InvalidParameterValue";
    }
    if (problem.getStatus() == HttpStatus.NOT_FOUND.value() && path.startsWith(BASE + "/jobs/")) {
      return PART_1 + "no-such-job";
    }
    return "about:blank";
  }
}
