package io.twinflow.engine.server.boot;

import java.nio.file.Path;
import java.util.List;

/**
 * What submitted runs may do beyond what is theirs.
 *
 * @param unsandboxed whether tools without a container run with the server's rights
 * @param toolNetwork whether tools that ask for the network get it, and with it all that this
 *     machine can reach
 * @param roots folders whose files submitted runs may read
 * @param urls what URLs that users name may begin with, besides public addresses
 */
public record Trust(boolean unsandboxed, boolean toolNetwork, List<Path> roots, List<String> urls) {

  /** Nobody is trusted. */
  public static final Trust NONE = new Trust(false, false, List.of(), List.of());

  /** As where everybody who may submit could log in as well. */
  public static final Trust IN_TOOLS = new Trust(true, false, List.of(), List.of());

  public Trust {
    roots = List.copyOf(roots);
    urls = List.copyOf(urls);
  }

  /** Who trusts tools with the machine trusts them with its network. */
  public boolean toolsHaveNetwork() {
    return toolNetwork || unsandboxed;
  }

  public Trust withRoots(List<Path> folders) {
    return new Trust(unsandboxed, toolNetwork, folders, urls);
  }

  public Trust withUrls(List<String> beginnings) {
    return new Trust(unsandboxed, toolNetwork, roots, beginnings);
  }
}
