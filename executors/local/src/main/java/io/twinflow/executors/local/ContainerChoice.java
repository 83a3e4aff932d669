package io.twinflow.executors.local;

/** What runs containers. */
public enum ContainerChoice {
  /** Docker if its daemon answers, else podman. */
  AUTO,
  DOCKER,
  PODMAN,
  NONE
}
