package io.twinflow.executors.local;

import java.nio.file.Path;
import java.util.List;

/** What keeps a tool that runs without a container away from the rest of the machine. */
public enum Sandbox {
  /** Nothing; a changed input is found after the tool has ended. */
  NONE,
  /** Bubblewrap: the machine is read-only to the tool, and so are its inputs. */
  BWRAP,
  /** Bubblewrap where it is installed and works. */
  AUTO;

  /** Whether tools can be kept apart from everything on this machine. */
  public static boolean works() {
    return new Bubblewrap(BWRAP, List.of(Path.of("/tmp"))).works();
  }
}
