package io.twinflow.engine.server;

/** What the OGC's test suite asks for: a process that gives back what it is given. */
final class EchoProcess {

  /** The outputs bear the names of the inputs, as the suite looks for them under those. */
  static final String CWL =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: echo
      label: Echo
      doc: Gives back what it is given.
      requirements: {InlineJavascriptRequirement: {}}
      baseCommand: [sh, -c, 'sleep "$0"']
      inputs:
        stringInput: string
        doubleInput: double?
        arrayInput: {type: ['null', {type: array, items: {type: array, items: double}}]}
        bboxInput: {type: ['null', {type: record, fields: {bbox: 'double[]', crs: string?}}]}
        mixedInput: {type: ['null', double, string]}
        imageInput:
          type: File?
          format: ['http://edamontology.org/format_3591', 'http://edamontology.org/format_3603']
        pause: {type: double, default: 0, inputBinding: {position: 1}}
      outputs:
        stringInput: {type: string?, outputBinding: {outputEval: $(inputs.stringInput)}}
        doubleInput: {type: double?, outputBinding: {outputEval: $(inputs.doubleInput)}}
        arrayInput: {type: ['null', {type: array, items: {type: array, items: double}}], outputBinding: {outputEval: $(inputs.arrayInput)}}
        bboxInput: {type: ['null', {type: record, fields: {bbox: 'double[]', crs: string?}}], outputBinding: {outputEval: $(inputs.bboxInput)}}
        mixedInput: {type: ['null', double, string], outputBinding: {outputEval: $(inputs.mixedInput)}}
        imageInput: {type: File?, outputBinding: {outputEval: $(inputs.imageInput)}}
      """;

  private EchoProcess() {}
}
