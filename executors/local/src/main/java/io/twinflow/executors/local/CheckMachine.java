package io.twinflow.executors.local;

import io.twinflow.executors.api.site.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the administrator of this machine should know of it. */
record CheckMachine(Machine machine, Grounds grounds, Path root) {

  private static final long LITTLE_GIB = 4;

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            "machine",
            "%s: %s cores, %,d MiB of memory, %s"
                .formatted(
                    machine.host(),
                    machine.cores() == Math.rint(machine.cores())
                        ? Long.toString((long) machine.cores())
                        : Double.toString(machine.cores()),
                    machine.memoryMiB(),
                    machine.gpus() == 1 ? "1 GPU" : machine.gpus() + " GPUs")));
    findings.add(containers());
    findings.add(folder());
    return findings;
  }

  private Finding containers() {
    Optional<String> engine = grounds.engineName();
    return engine.isPresent()
        ? Finding.good("containers", engine.get())
        : Finding.note("containers", "no container engine", grounds.advice());
  }

  private Finding folder() {
    try {
      FileStore store = Files.getFileStore(root);
      long gib = store.getUsableSpace() >> 30;
      if (!Files.isWritable(root)) {
        return Finding.problem(
            "folder of runs", root + " cannot be written", "let this user write there");
      }
      return gib >= LITTLE_GIB
          ? Finding.good("folder of runs", "%s, %,d GiB free".formatted(root, gib))
          : Finding.note(
              "folder of runs",
              "%s, only %,d GiB free".formatted(root, gib),
              "make room there, or give runs another folder");
    } catch (IOException e) {
      return Finding.problem(
          "folder of runs",
          "%s cannot be looked at: %s".formatted(root, e.getMessage()),
          "mend the file system, or give runs another folder");
    }
  }
}
