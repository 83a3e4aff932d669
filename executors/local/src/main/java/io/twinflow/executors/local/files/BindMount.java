package io.twinflow.executors.local.files;

import java.nio.file.Path;

/** A file or folder of this machine that a container sees. */
public record BindMount(Path host, Path tool, boolean readOnly) {}
