cwlVersion: v1.2
class: Workflow
$namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
requirements:
  ScatterFeatureRequirement: {}
  SubworkflowFeatureRequirement: {}
  InlineJavascriptRequirement: {}
  StepInputExpressionRequirement: {}
inputs: {numbers: 'int[]'}
outputs:
  said: {type: File, outputSource: say/said}
  counted: {type: Any, outputSource: each/counted}
steps:
  each:
    in: {number: numbers}
    scatter: number
    when: $(inputs.number < 5)
    out: [counted]
    run:
      class: Workflow
      inputs: {number: int}
      outputs: {counted: {type: Any, outputSource: count/next}}
      steps:
        count:
          in: {number: number}
          out: [next]
          run:
            class: CommandLineTool
            baseCommand: 'true'
            inputs: {number: int}
            outputs: {next: {type: int, outputBinding: {outputEval: $(inputs.number + 1)}}}
          requirements:
            cwltool:Loop: {loopWhen: $(inputs.number < 4), loop: {number: next}, outputMethod: last}
  say:
    in: {message: {default: finished in an earlier release}}
    out: [said]
    run:
      class: CommandLineTool
      hints:
        SoftwareRequirement: {packages: {echo: {}}}
      baseCommand: echo
      inputs: {message: {type: string, inputBinding: {}}}
      stdout: said.txt
      outputs: {said: stdout}
