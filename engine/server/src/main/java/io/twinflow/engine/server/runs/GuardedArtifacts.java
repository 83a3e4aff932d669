package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files that runs of a server may name, whether an input, an expression or a link made by a
 * tool does so.
 */
public final class GuardedArtifacts implements Artifacts {

  private static final ScopedValue<Predicate<URI>> OF_RUN = ScopedValue.newInstance();

  private final Artifacts files;
  private final FileRoots roots;

  /**
   * @param files all there are, here and in the server's store
   */
  public GuardedArtifacts(Artifacts files, FileRoots roots) {
    this.files = files;
    this.roots = roots;
  }

  /** Something that looks at files. */
  interface Look<T> extends ScopedValue.CallableOp<T, FailureException> {}

  /** Lets what is called see only these files, of those that any run may see. */
  static <T> T within(Predicate<URI> allowed, Look<T> look) throws FailureException {
    return ScopedValue.where(OF_RUN, allowed).call(look);
  }

  @Override
  public Optional<Stat> stat(URI location) throws IOException {
    return files.stat(allowed(location));
  }

  @Override
  public List<Stat> list(URI directory) throws IOException {
    return files.list(allowed(directory));
  }

  @Override
  public byte[] read(URI file, int limit) throws IOException {
    return files.read(allowed(file), limit);
  }

  @Override
  public Identity identify(URI file) throws IOException {
    return files.identify(allowed(file));
  }

  private URI allowed(URI location) throws AccessDeniedException {
    boolean here = "file".equals(location.getScheme());
    if ((here && !roots.hold(Path.of(location)))
        || (OF_RUN.isBound() && !OF_RUN.get().test(location))) {
      throw new AccessDeniedException(
          here ? location.getPath() : location.toString(),
          null,
          "it is neither uploaded nor made by a run of the same person nor below a folder that the administrator allows (twinflow serve --allow-root)");
    }
    return location;
  }
}
