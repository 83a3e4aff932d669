package io.twinflow.executors.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the ways that CWL has to say where an image comes from (DockerRequirement). */
abstract class ImageTests {

  private static final String PROOF = "echo it runs";

  @TempDir private Path root;

  private final ContainerChoice choice;
  private final String id = "twinflow-test-" + System.nanoTime();
  private final List<String> made = new ArrayList<>();
  private ContainerBench bench;

  ImageTests(ContainerChoice choice) {
    this.choice = choice;
    this.bench = new ContainerBench(Path.of("/nowhere"), choice);
  }

  @BeforeEach
  final void openBench() {
    bench = new ContainerBench(root.resolve("site"), choice);
  }

  @AfterEach
  final void removeImages() throws IOException {
    for (String image : made) {
      bench.engine("rmi", "--force", image);
    }
  }

  /** A root file system that holds a shell and what it needs, and nothing else. */
  private Path tinyRoot() throws IOException {
    Path archive = root.resolve("root.tar");
    Shell.run(
        "sh",
        "-c",
        "tar -chf \"$0\" -C / $(ldd /bin/sh | grep -o '/[^ ]*' | cut -c2-) bin/sh",
        archive.toString());
    return archive;
  }

  /** An archive of an image of that name; afterwards no engine has it. */
  private Path savedImage(String name) throws IOException {
    Path archive = root.resolve("image.tar");
    bench.engine("import", tinyRoot().toString(), name);
    bench.engine("save", "--output", archive.toString(), name);
    bench.engine("rmi", name);
    return archive;
  }

  private void runs(Image image) throws Exception {
    made.add(id);
    assertThat(bench.output(new ContainerSpec(image, id), PROOF)).isEqualTo("it runs\n");
  }

  private AbstractStringAssert<?> failure(FailureKind kind, ContainerSpec image) throws Exception {
    return assertThat(bench.outcome(image, "true"))
        .asInstanceOf(InstanceOfAssertFactories.type(Outcome.Failed.class))
        .returns(kind, Outcome.Failed::kind)
        .extracting(Outcome.Failed::reason, InstanceOfAssertFactories.STRING);
  }

  private static String registry() {
    String registry = System.getenv("TWINFLOW_REGISTRY");
    NeedsEngine.needs(registry != null, "no registry: eval \"$(peers/registry start)\"");
    return String.valueOf(registry);
  }

  @Test
  void itIsPulledFromARegistryAndGetsTheNameThatWasAskedFor() throws Exception {
    String reference = registry() + "/" + id + ":1";
    bench.engine("import", tinyRoot().toString(), reference);
    bench.engine("push", reference);
    bench.engine("rmi", reference);
    made.add(reference);
    try (LocalExecutor executor = bench.open()) {
      TaskResult pulled =
          bench.run(
              executor, ContainerBench.shell(executor, ContainerSpec.pull(reference, null), PROOF));
      assertThat(pulled.outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(pulled.imageDigest()).startsWith(registry() + "/" + id + "@sha256:");
    }
    bench.engine("rmi", reference);
    runs(new Image.Pull(reference));
  }

  @Test
  void aNameThatTheRegistryDoesNotHaveIsTheUsersError() throws Exception {
    String reference = registry() + "/nobody/knows:this";
    failure(FailureKind.USER, ContainerSpec.pull(reference, null))
        .contains(bench.engineName() + " could not pull", reference, "Check the name", "login");
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNotAndThereIsAWayOn() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    String reference = "127.0.0.1:" + nobody + "/x:1";
    failure(FailureKind.INFRASTRUCTURE, ContainerSpec.pull(reference, null))
        .contains(reference, "refused", "--container none");
  }

  @Test
  void itIsLoadedFromAFile() throws Exception {
    runs(new Image.Load(savedImage(id).toUri()));
  }

  @Test
  void itIsLoadedFromTheWebAndRenamed() throws Exception {
    savedImage("twinflow-other-" + id);
    made.add("twinflow-other-" + id);
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root.toRealPath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      runs(new Image.Load(URI.create(base + "/image.tar")));
      failure(
              FailureKind.USER,
              new ContainerSpec(new Image.Load(URI.create(base + "/gone.tar")), "twinflow-gone"))
          .contains(base + "/gone.tar", "404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void itIsImportedFromARootFileSystem() throws Exception {
    runs(new Image.Import(tinyRoot().toUri()));
  }

  @Test
  void anArchiveThatIsNotThereIsNamed() throws Exception {
    failure(
            FailureKind.USER,
            new ContainerSpec(new Image.Import(root.resolve("no.tar").toUri()), "twinflow-no"))
        .contains(root + "/no.tar");
  }

  @Test
  void itIsBuiltFromTheTextOfADockerfile() throws Exception {
    made.add(id);
    ContainerSpec built =
        new ContainerSpec(
            new Image.Build(
                "FROM " + NeedsEngine.BASE + "\nENV MADE=here\nRUN echo \"$MADE\" > /made\n"),
            id);
    assertThat(bench.output(built, "echo $MADE; cat /made")).isEqualTo("here\nhere\n");
  }

  @Test
  void aDockerfileThatDoesNotBuildIsTheUsersError() throws Exception {
    failure(
            FailureKind.USER,
            new ContainerSpec(
                new Image.Build("FROM " + NeedsEngine.BASE + "\nRUN exit 9\n"), "twinflow-bad"))
        .contains("could not build", "9");
  }

  @Test
  void itIsTakenAsItIsThere() throws Exception {
    bench.engine("import", tinyRoot().toString(), id);
    runs(new Image.Present());
  }

  @Test
  void anImageThatIsNowhereIsNamed() throws Exception {
    failure(FailureKind.USER, new ContainerSpec(new Image.Present(), "no-such-image:1"))
        .contains("no-such-image:1", "dockerPull");
  }
}
