package io.twinflow.executors.bundle.remote;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.ContainerSpec.Image;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.TaskFile;
import io.twinflow.executors.bundle.TaskPlan;
import io.twinflow.executors.bundle.files.OpenedLinks;
import io.twinflow.executors.bundle.remote.Fetches.Fetch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a site is told about one attempt, in words that are functions in {@code fetch.sh}: what to
 * fetch to where, which texts to write (the task itself is one), and what to bring back.
 */
final class RemoteOrder {

  private final TaskSpec task;
  private final BundleFolder site;
  private final InputObjects objects;
  private final Containers containers;
  private final List<Fetch> files = new ArrayList<>();
  private final List<Fetches.Root> roots = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private final Map<Path, Integer> numbers = new HashMap<>();
  private final Set<String> paths = new HashSet<>();
  private int lastNumber;
  private final StringBuilder text = new StringBuilder();

  private RemoteOrder(
      TaskSpec task, BundleFolder site, InputObjects objects, Containers containers) {
    this.task = task;
    this.containers = containers;
    this.site = site;
    this.objects = objects;
  }

  /**
   * @param site the attempt's folder as the site sees it
   */
  static RemoteOrder of(
      TaskSpec task, BundleFolder site, InputObjects objects, Containers containers)
      throws IOException, AttemptFailure {
    RemoteOrder order = new RemoteOrder(task, site, objects, containers);
    order.write();
    return order;
  }

  String text() {
    return text.toString();
  }

  Fetches fetches() {
    List<String> secrets = new ArrayList<>();
    Path outdir = outdir();
    for (Staging entry : task.staging()) {
      if (entry instanceof Staging.WriteText written && written.secret()) {
        Path target = Path.of(written.target()).normalize();
        if (target.startsWith(outdir)) {
          secrets.add(outdir.relativize(target).toString());
        }
      }
    }
    return new Fetches(files, roots, secrets);
  }

  private void write() throws IOException, AttemptFailure {
    List<Staging> staging = new ArrayList<>();
    for (Staging entry : OpenedLinks.open(copied(task.staging()))) {
      staging.add(local(entry));
    }
    TaskPlan plan = TaskPlan.of(withImageHere(), staging, site, containers);
    TaskFile file = plan.file();
    String words = file.text();
    text.append("key=").append(quote(task.attempt().value())).append('\n');
    function("fetches", fetchLines());
    List<String> texts = new ArrayList<>(List.of("write task " + quote(words)));
    for (int i = 0; i < file.texts().size(); i++) {
      texts.add("write texts/" + (i + 1) + " " + quote(file.texts().get(i).text()));
    }
    String variables = plan.variables();
    if (variables != null) {
      texts.add("write " + site.path().relativize(site.variables()) + " " + quote(variables));
    }
    function("texts", texts);
    function("collects", task.collect().stream().map(this::collect).toList());
  }

  /** As the tool sees it. */
  private Path outdir() {
    return Path.of(task.layout().outdir()).normalize();
  }

  /** What a container calls otherwise lies in the attempt's folder. */
  private String collect(String glob) {
    String outdir = outdir().toString();
    boolean isInside = glob.equals(outdir) || glob.startsWith(outdir + "/");
    return "collect " + quote(isInside ? site.out() + glob.substring(outdir.length()) : glob);
  }

  /** An image that is a file is fetched like an input. */
  private TaskSpec withImageHere() throws IOException, AttemptFailure {
    ContainerSpec container = task.container();
    if (container == null || containers instanceof Containers.OfSite) {
      return task;
    }
    return switch (container.image()) {
      case Image.Load load -> with(new Image.Load(image(load.archive())), container);
      case Image.Import from -> with(new Image.Import(image(from.archive())), container);
      case Image.Pull _, Image.Build _, Image.Present _ -> task;
    };
  }

  private URI image(URI archive) throws IOException, AttemptFailure {
    String path = "fetched/image/" + Path.of(archive.getPath()).getFileName();
    files.add(objects.file(archive, path));
    return site.path().resolve(path).toUri();
  }

  private TaskSpec with(Image image, ContainerSpec container) {
    return new TaskSpec(
        task.attempt(),
        task.name(),
        task.command(),
        task.displayCommand(),
        task.environment(),
        task.stdin(),
        task.stdout(),
        task.stderr(),
        task.layout(),
        task.staging(),
        task.resources(),
        new ContainerSpec(image, container.imageId()),
        task.timeLimit(),
        task.networkAccess(),
        task.collect());
  }

  /** A linked folder that lies elsewhere cannot be opened here: what is put into it gets a copy. */
  private static List<Staging> copied(List<Staging> entries) {
    List<Staging> result = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Staging entry = entries.get(i);
      result.add(
          entry instanceof Staging.Link link
                  && link.directory()
                  && !"file".equals(link.source().getScheme())
                  && entries.subList(i + 1, entries.size()).stream()
                      .anyMatch(later -> isBelow(later, link))
              ? new Staging.Copy(link.source(), link.target(), true)
              : entry);
    }
    return result;
  }

  private static boolean isBelow(Staging later, Staging.Link folder) {
    Path target = Path.of(folder.target()).normalize();
    Path path = Path.of(later.target()).normalize();
    return path.startsWith(target) && !path.equals(target);
  }

  private List<String> fetchLines() {
    List<String> lines = new ArrayList<>();
    folders.forEach(folder -> lines.add("mkdir -p \"$here\"/" + quote(folder)));
    for (Fetch f : files) {
      lines.add(
          "fetch %s %d %s %s".formatted(quote(f.path()), f.size(), f.sha256(), quote(f.source())));
    }
    return lines;
  }

  private void function(String name, List<String> lines) {
    text.append(name).append("() {\n  :\n");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    text.append("}\n");
  }

  private Staging local(Staging entry) throws IOException, AttemptFailure {
    return switch (entry) {
      case Staging.Link link ->
          new Staging.Link(
              fetched(link.source(), link.target(), link.directory()),
              link.target(),
              link.directory());
      case Staging.Copy copy ->
          new Staging.Copy(
              fetched(copy.source(), copy.target(), copy.directory()),
              copy.target(),
              copy.directory());
      case Staging.InPlace thing ->
          throw new AttemptFailure(
              FailureKind.USER,
              "cannot change %s in place: this site shares no folder with the engine; without InplaceUpdateRequirement the tool gets a copy"
                  .formatted(thing.source()));
      case Staging.WriteText written -> written;
      case Staging.MakeDirectory made -> made;
    };
  }

  private URI fetched(URI source, String target, boolean directory)
      throws IOException, AttemptFailure {
    String path = pathFor(Path.of(target).normalize());
    roots.add(new Fetches.Root(path, source));
    if (directory) {
      for (Fetch found : objects.folder(source, path)) {
        if (found.path().endsWith("/")) {
          folders.add(found.path());
        } else {
          files.add(found);
        }
      }
    } else {
      files.add(objects.file(source, path));
    }
    return site.path().resolve(path).toUri();
  }

  /**
   * What is staged into one folder is fetched into one folder, under the same names: programs look
   * for what belongs to them beside the file that a link leads to.
   */
  private String pathFor(Path target) {
    Path parent = target.resolveSibling("");
    int folder = numbers.computeIfAbsent(parent, p -> ++lastNumber);
    String path = "fetched/" + folder + "/" + target.getFileName();
    if (!paths.add(path)) {
      numbers.put(parent, ++lastNumber);
      return pathFor(target);
    }
    return path;
  }
}
