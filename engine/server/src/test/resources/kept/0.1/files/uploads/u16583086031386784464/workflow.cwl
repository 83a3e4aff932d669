cwlVersion: v1.2
class: Workflow
$namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
requirements:
  ScatterFeatureRequirement: {}
  SubworkflowFeatureRequirement: {}
  InlineJavascriptRequirement: {}
  StepInputExpressionRequirement: {}
inputs: {gate: string}
outputs: {said: {type: File, outputSource: second/said}}
steps:
  first:
    in: {}
    out: [said]
    run:
      class: CommandLineTool
      baseCommand: [echo, from before]
      inputs: {}
      stdout: first.txt
      outputs: {said: stdout}
  second:
    in: {before: first/said, gate: gate}
    out: [said]
    run:
      class: CommandLineTool
      baseCommand: [sh, -c, 'until [ -e "$1" ]; do sleep 0.1; done; cat "$0"; echo and now']
      inputs:
        before: {type: File, inputBinding: {position: 1}}
        gate: {type: string, inputBinding: {position: 2}}
      stdout: second.txt
      outputs: {said: stdout}
