package io.twinflow.engine.server.ogc;

import java.util.Map;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** A page that shows what the JSON of the same resource says. */
final class HtmlPage {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>TITLE</title>
      <style>
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.2rem 0}
      dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
      ol,ul{margin:0;padding-left:1.2rem}li{margin:.3rem 0}
      code{background:#f4f4f4;padding:0 .2rem}a{color:#0b5cad}
      @media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}code{background:#262626}a{color:#7db7f0}dt{color:#999}}
      </style></head><body>
      <p><a href="START?f=html">Start</a></p><h1>TITLE</h1>
      """;

  private HtmlPage() {}

  static String of(String title, JsonNode body, String start) {
    StringBuilder page =
        new StringBuilder(HEAD.replace("START", escaped(start)).replace("TITLE", escaped(title)));
    append(body, page);
    return page.append("</body></html>\n").toString();
  }

  private static void append(JsonNode node, StringBuilder page) {
    if (node.isObject() && node.has("href")) {
      link(node, page);
    } else if (node.isObject()) {
      page.append("<dl>");
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        page.append("<dt>").append(escaped(field.getKey())).append("</dt><dd>");
        append(field.getValue(), page);
        page.append("</dd>");
      }
      page.append("</dl>\n");
    } else if (node.isArray()) {
      page.append("<ul>");
      for (JsonNode item : node) {
        page.append("<li>");
        append(item, page);
        page.append("</li>");
      }
      page.append("</ul>\n");
    } else if (node.isString()) {
      page.append(escaped(node.stringValue()));
    } else {
      page.append("<code>").append(escaped(node.toString())).append("</code>");
    }
  }

  /** Only what leads to the web becomes a link. */
  private static void link(JsonNode link, StringBuilder page) {
    String href = link.get("href").asString("");
    String title = link.path("title").asString(href);
    if (!href.startsWith("http://") && !href.startsWith("https://")) {
      page.append(escaped(href));
      return;
    }
    page.append("<a href=\"").append(escaped(href)).append("\">");
    page.append(escaped(title)).append("</a>");
    if (link.path("rel").asString("").endsWith("/execute")) {
      page.append(" <code>POST</code>");
    }
    for (String field : new String[] {"rel", "type"}) {
      if (link.has(field)) {
        page.append(" <code>").append(escaped(link.get(field).asString(""))).append("</code>");
      }
    }
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
