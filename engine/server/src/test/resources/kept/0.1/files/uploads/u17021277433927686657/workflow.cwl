cwlVersion: v1.2
class: Workflow
$namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
requirements:
  ScatterFeatureRequirement: {}
  SubworkflowFeatureRequirement: {}
  InlineJavascriptRequirement: {}
  StepInputExpressionRequirement: {}
inputs: {}
outputs: {}
steps:
  inner:
    in: {}
    out: []
    run:
      class: Workflow
      inputs: {}
      outputs: {}
      steps:
        fails:
          in: {}
          out: []
          run:
            class: CommandLineTool
            baseCommand: [sh, -c, exit 75]
            temporaryFailCodes: [75]
            inputs: {}
            outputs: {}
  unmade:
    in: {number: {default: 1, valueFrom: $(inputs.none.at.all)}}
    out: []
    run:
      class: CommandLineTool
      baseCommand: 'true'
      inputs: {number: int}
      outputs: {}
