package io.twinflow.engine.dmn;

import java.util.List;

/** The namespaces of DMN 1.1 to 1.5. */
public final class DmnNamespaces {

  private static final List<String> MODELS =
      List.of(
          "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
          "http://www.omg.org/spec/DMN/20180521/MODEL/",
          "https://www.omg.org/spec/DMN/20191111/MODEL/",
          "https://www.omg.org/spec/DMN/20211108/MODEL/",
          "https://www.omg.org/spec/DMN/20230324/MODEL/");

  private DmnNamespaces() {}

  /** Whether a document whose root is in this namespace is a DMN document that is read here. */
  public static boolean isModel(String namespace) {
    return MODELS.contains(namespace);
  }

  static String newest() {
    return MODELS.getLast();
  }
}
