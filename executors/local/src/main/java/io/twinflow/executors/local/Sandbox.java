package io.twinflow.executors.local;

/** What keeps a tool that runs without a container away from the rest of the machine. */
public enum Sandbox {
  /** Nothing; a changed input is found after the tool has ended. */
  NONE,
  /** Bubblewrap: the machine is read-only to the tool, and so are its inputs. */
  BWRAP,
  /** Bubblewrap where it is installed and works. */
  AUTO
}
