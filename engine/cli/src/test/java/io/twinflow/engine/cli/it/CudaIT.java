package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CUDARequirement. No GPU is needed: a stand-in for nvidia-smi says how many there are, and the
 * tool is a shell script.
 */
class CudaIT {

  private static final String SYSTEM = "/usr/local/bin:/usr/bin:/bin";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Tools.shell(
        folder.resolve("gpu.cwl"),
        "echo $(runtime.cudaDeviceCount) > gpus",
        """
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        requirements:
          "cwltool:CUDARequirement":
            {cudaVersionMin: "11.4", cudaComputeCapability: "3.0", cudaDeviceCountMin: $(inputs.gpus)}
        inputs: {gpus: int}
        outputs: {said: {type: File, outputBinding: {glob: gpus}}}
        """);
  }

  private ChildTwinflow run(String path, int gpus) throws Exception {
    return ChildTwinflow.startUnder(
        List.of("env", "PATH=" + path),
        folder,
        List.of(),
        "run",
        "--outdir",
        "out",
        "gpu.cwl",
        "--gpus",
        Integer.toString(gpus));
  }

  @Test
  void withoutAGpuTheRefusalNamesWhatIsMissing() throws Exception {
    ChildTwinflow child = run(SYSTEM, 1);

    assertThat(child.await(60)).as(child.err()).isEqualTo(1);
    assertThat(child.err()).contains("asks for 1 GPU", "there are 0", "nvidia-smi");
  }

  @Test
  void asManyAreGivenAsTheDriverSays() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.writeString(
        bin.resolve("nvidia-smi"),
        "#!/bin/sh\n[ \"$*\" = -L ] && echo 'GPU 0: A stand-in (UUID: GPU-0)'\n");
    Files.setPosixFilePermissions(
        bin.resolve("nvidia-smi"), PosixFilePermissions.fromString("rwxr-xr-x"));

    ChildTwinflow one = run(bin + ":" + SYSTEM, 1);

    assertThat(one.await(60)).as(one.err()).isZero();
    assertThat(folder.resolve("out/gpus")).hasContent("1");
    assertThat(one.err()).contains("CUDA 11.4");
    ChildTwinflow two = run(bin + ":" + SYSTEM, 2);
    assertThat(two.await(60)).as(two.err()).isEqualTo(1);
    assertThat(two.err()).contains("asks for 2 GPUs (there are 1");
  }
}
