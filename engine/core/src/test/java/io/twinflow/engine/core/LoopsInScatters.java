package io.twinflow.engine.core;

/** A scattered sub-workflow with a loop of a tool; counts each start up to LIMIT. */
final class LoopsInScatters {

  static final String CWL =
      """
      class: Workflow
      cwlVersion: v1.2
      $namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
      requirements:
        ScatterFeatureRequirement: {}
        SubworkflowFeatureRequirement: {}
        InlineJavascriptRequirement: {}
      inputs: {starts: 'int[]'}
      outputs: {result: {type: Any, outputSource: each/result}}
      steps:
        each:
          in: {start: starts}
          scatter: start
          out: [result]
          run:
            class: Workflow
            inputs: {start: int}
            outputs: {result: {type: Any, outputSource: count/next}}
            steps:
              count:
                in: {number: start}
                out: [next]
                run:
                  class: CommandLineTool
                  baseCommand: echo
                  inputs: {number: {type: int, inputBinding: {}}}
                  outputs:
                    next: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}
                requirements:
                  cwltool:Loop:
                    loopWhen: $(inputs.number < LIMIT)
                    loop: {number: next}
                    outputMethod: all
      """;

  private LoopsInScatters() {}
}
