package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run that somebody asks for, whichever interface they used.
 *
 * @param folder what was uploaded lies here; nothing outside it is read but allowed roots and URLs
 * @param continues the ended run whose finished tasks are adopted
 * @param id which run it is to be, for who may have to ask again; a new one if it is empty
 */
public record Submission(
    String subject,
    Path folder,
    Definition workflow,
    Inputs inputs,
    RunOptions options,
    Map<String, String> labels,
    Optional<RunId> continues,
    Optional<RunId> id) {
  public Submission {
    labels = Map.copyOf(labels);
  }

  /** A new run. */
  public Submission(
      String subject,
      Path folder,
      Definition workflow,
      Inputs inputs,
      RunOptions options,
      Map<String, String> labels,
      Optional<RunId> continues) {
    this(subject, folder, workflow, inputs, options, labels, continues, Optional.empty());
  }

  /**
   * Of an uploaded workflow with uploaded inputs.
   *
   * @param workflow a path below the folder, or a URL, with {@code #name} for one process of
   *     several
   */
  public Submission(
      String subject,
      Path folder,
      String workflow,
      InputText inputs,
      RunOptions options,
      Map<String, String> labels,
      Optional<RunId> continues) {
    this(
        subject,
        folder,
        new Definition.Uploaded(workflow, Optional.empty()),
        Inputs.of(inputs),
        options,
        labels,
        continues);
  }

  /** What is to be run. */
  public sealed interface Definition {

    /**
     * @param place a path below the folder, or a URL, with {@code #name} for one process of several
     * @param loaded if it was loaded already
     */
    record Uploaded(String place, Optional<WorkflowDocument> loaded) implements Definition {
      public Uploaded(String place) {
        this(place, Optional.empty());
      }
    }

    /** What was loaded before. */
    sealed interface Loaded extends Definition {

      /** What it is called where it is kept. */
      String name();

      /** What takes the inputs. */
      CwlProcess process();

      /** The names of the folders that its files lie in. */
      Set<String> uploads();
    }

    /** A workflow that was loaded before. */
    record Known(String name, WorkflowDocument document, Set<String> uploads) implements Loaded {
      public Known {
        uploads = Set.copyOf(uploads);
      }

      @Override
      public CwlProcess process() {
        return document.process();
      }
    }

    /** A process in BPMN. */
    record Bpmn(String name, ServedProcess served, Set<String> uploads) implements Loaded {
      public Bpmn {
        uploads = Set.copyOf(uploads);
      }

      @Override
      public CwlProcess process() {
        return served.inputs();
      }
    }
  }

  /**
   * What it is given. What comes later wins.
   *
   * @param before of an earlier run, whose files may be read
   * @param text an input object; a null in it asks for the default
   * @param given besides
   */
  public record Inputs(RecordValue before, Optional<InputText> text, Map<String, Value> given) {
    public Inputs {
      given = new LinkedHashMap<>(given);
    }

    public static Inputs of(InputText text) {
      return new Inputs(RecordValue.EMPTY, Optional.of(text), Map.of());
    }

    /** Those of an earlier run. */
    public static Inputs of(RecordValue before) {
      return new Inputs(before, Optional.empty(), Map.of());
    }

    public Inputs with(Map<String, Value> more) {
      Map<String, Value> all = new LinkedHashMap<>(given);
      all.putAll(more);
      return new Inputs(before, text, all);
    }
  }

  /**
   * An input object as it was written. It is never put on the disk, as it may hold secrets.
   *
   * @param name in messages; its locations are relative to the folder
   * @param text JSON or YAML
   */
  public record InputText(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }
}
