package io.twinflow.engine.server.keep;

/**
 * Something that nothing needs any more.
 *
 * @param name a run, a path in the data folder, or the beginning of keys in the store
 * @param bytes about what is won
 * @param reason for people
 */
public record Garbage(Kind kind, String name, long bytes, String reason) {

  /** What it is. */
  public enum Kind {
    /** An ended run that a rule does not keep any longer. */
    EXPIRED_RUN,
    /** A run that was deleted, with its journal and files. */
    DELETED_RUN,
    /** The files of a run that is gone, and that no other names. */
    RUN_FOLDER,
    /** What lies in the object store under one name, and no run names. */
    STORED,
    /** A copy of what is in the object store, not used for long. */
    NEAR_COPY,
    /** A finished call of a run that is gone. */
    CACHED_CALL,
    /** Rows of runs that are gone. */
    ROWS,
    /** What old events said that no run came of, or none that is there. */
    EVENTS
  }
}
