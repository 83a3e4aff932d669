package io.twinflow.executors.local.files;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.files.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sees that there is room before anything is copied. */
public final class DiskSpace {

  private static final long MIB = 1024L * 1024;
  private static final long NOTHING_LEFT = MIB / 16;

  private DiskSpace() {}

  public static void check(Path folder, ResourceRequest request, List<Staging> staging)
      throws IOException, AttemptFailure {
    long copies = 0;
    for (Staging entry : staging) {
      copies +=
          switch (entry) {
            case Staging.Copy copy -> CopyTree.size(Sources.existing(copy.source()));
            case Staging.WriteText text -> text.text().length();
            case Staging.Link link -> 0;
            case Staging.InPlace thing -> 0;
            case Staging.MakeDirectory made -> 0;
          };
    }
    long needed = copies / MIB + request.outdirMiB() + request.tmpdirMiB();
    long free = freeMiB(folder);
    if (needed > free) {
      throw new AttemptFailure(
          FailureKind.RESOURCES,
          "needs %d MiB of disk at %s (outdirMin %d, tmpdirMin %d, copies of inputs %d) and %d MiB are free; free some, keep the runs on another disk, or ask for less (a tool that names no outdirMin or tmpdirMin gets the 1024 of CWL)"
              .formatted(
                  needed, folder, request.outdirMiB(), request.tmpdirMiB(), copies / MIB, free));
    }
  }

  /** Of the file system that a folder is on, for this user. */
  public static long freeMiB(Path folder) {
    return folder.toFile().getUsableSpace() / MIB;
  }

  public static boolean full(Path folder) {
    return folder.toFile().getUsableSpace() < NOTHING_LEFT;
  }
}
