package io.twinflow.engine.server.ogc;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A link of OGC API - Common. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Link(String href, String rel, @Nullable String type, @Nullable String title) {

  static Link json(String href, String rel, String title) {
    return new Link(href, rel, "application/json", title);
  }

  static Link html(String href, String rel, String title) {
    return new Link(href + (href.contains("?") ? "&" : "?") + "f=html", rel, "text/html", title);
  }
}
