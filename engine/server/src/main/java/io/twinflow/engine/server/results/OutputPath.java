package io.twinflow.engine.server.results;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/**
 * Where something stands in the outputs of a run: the output's name, then indices of lists, fields
 * of records and names in folders. {@code maps/2/legend.txt}; the n-th secondary file of a file is
 * {@code secondaryFiles/n} below it.
 */
public record OutputPath(List<String> names) {

  static final String SECONDARY = "secondaryFiles";

  public OutputPath {
    names = List.copyOf(names);
  }

  public static OutputPath of(String output) {
    return new OutputPath(List.of(output));
  }

  /** From the path of a URL; {@code %2F} in it is part of a name. */
  public static OutputPath parse(String encoded) {
    List<String> names = new ArrayList<>();
    for (String name : encoded.split("/", -1)) {
      if (!name.isEmpty()) {
        names.add(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return new OutputPath(names);
  }

  public OutputPath child(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new OutputPath(longer);
  }

  public OutputPath child(int index) {
    return child(Integer.toString(index));
  }

  /** As it stands in a URL. */
  public String encoded() {
    return names.stream()
        .map(name -> UriUtils.encodePathSegment(name, StandardCharsets.UTF_8))
        .collect(Collectors.joining("/"));
  }
}
