package io.twinflow.engine.server;

/** Runs of all kinds, as a group has them at one time. */
enum MixedRun {
  NESTED("succeeded", 16, false),
  LOOPING("succeeded", 4, false),
  FAILING("failed", 2, false),
  CANCELLED("cancelled", 0, false),
  CACHED("succeeded", -1, true),
  CACHED_TOO("succeeded", -1, true);

  private static final String HEAD =
      """
      cwlVersion: v1.2
      class: Workflow
      $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
      requirements:
        InlineJavascriptRequirement: {}
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        StepInputExpressionRequirement: {}
      inputs: {number: int}
      outputs: []
      steps:
      """;

  private static final String STEP =
      """
        NAME:
          in: {number: FROM}
          out: [number]
          run:
            class: CommandLineTool
            baseCommand: COMMAND
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}}
      """;

  private static final String NESTING =
      """
        skipped:
          when: $(inputs.number < 0)
          in: {number: number}
          out: []
          run: {class: CommandLineTool, baseCommand: 'true', inputs: {number: int}, outputs: []}
        made:
          in: {number: number}
          out: [numbers]
          run:
            class: ExpressionTool
            requirements: {InlineJavascriptRequirement: {}}
            inputs: {number: int}
            outputs: {numbers: 'int[]'}
            expression: '${return {numbers: [1, 2, 3, 4, 5, 6, 7, 8]};}'
        each:
          in: {number: made/numbers}
          scatter: number
          out: []
          run:
            class: Workflow
            inputs: {number: int}
            outputs: []
            steps:
              one:
                in: {number: number}
                out: [number]
                run:
                  class: CommandLineTool
                  baseCommand: 'true'
                  inputs: {number: int}
                  outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number)}}}
              two:
                in: {number: one/number}
                out: []
                run: {class: CommandLineTool, baseCommand: 'true', inputs: {number: int}, outputs: []}
      """;

  private static final String LOOP =
      """
        again:
          in: {number: {default: 0}}
          out: [number]
          requirements:
            cwltool:Loop:
              loopWhen: $(inputs.number < 4)
              loop: {number: number}
              outputMethod: last
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {number: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}}
      """;

  private final String end;
  private final int tasks;
  private final boolean cached;

  MixedRun(String end, int tasks, boolean cached) {
    this.end = end;
    this.tasks = tasks;
    this.cached = cached;
  }

  /** The state it ends in, whatever happens to servers. */
  String end() {
    return end;
  }

  /** Tools that take effect; 0 or less if that depends. */
  int tasks() {
    return tasks;
  }

  boolean isCached() {
    return cached;
  }

  String workflow() {
    return HEAD
        + switch (this) {
          case NESTED -> NESTING;
          case LOOPING -> LOOP;
          case FAILING ->
              step("one", "number", "'true'")
                  + step("two", "one/number", "'false'")
                  + step("three", "two/number", "'true'");
          case CANCELLED -> step("one", "number", "slow");
          case CACHED, CACHED_TOO ->
              step("one", "number", "'true'") + step("two", "one/number", "'true'");
        };
  }

  private static String step(String name, String from, String command) {
    return STEP.replace("NAME", name).replace("FROM", from).replace("COMMAND", command);
  }
}
