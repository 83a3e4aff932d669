package io.twinflow.engine.server.ogc;

import java.nio.charset.StandardCharsets;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Absolute URLs of this service.
 *
 * @param url of its landing page, as the client reaches it
 */
record Base(String url) {

  static Base ofRequest() {
    return new Base(
        ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
            + OgcErrors.BASE);
  }

  String to(String path) {
    return url + path;
  }

  String process(String id) {
    return to("/processes/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8));
  }

  String job(String id) {
    return to("/jobs/" + id);
  }
}
