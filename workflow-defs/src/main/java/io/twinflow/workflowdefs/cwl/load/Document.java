package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Node;
import java.util.Map;

/**
 * A document with its imports put in place.
 *
 * @param iri absolute, without fragment
 * @param display how positions name it
 * @param namespaces the prefixes of {@code $namespaces}
 * @param size the number of its nodes, imports counted wherever they stand
 * @param characters of its texts, likewise
 * @param depth of its tree, imports put in place
 */
record Document(
    String iri,
    String display,
    Node root,
    Map<String, String> namespaces,
    long size,
    long characters,
    int depth) {}
