cwlVersion: v1.2
class: Workflow
$namespaces:
  cwltool: http://commonwl.org/cwltool#
requirements:
  InlineJavascriptRequirement: {}
inputs:
  number: int
  limit: int
outputs:
  result: { type: int, outputSource: count/next }
steps:
  count:
    in: { number: number, limit: limit }
    out: [next]
    requirements:
      cwltool:Loop:
        loopWhen: $(inputs.number < inputs.limit)
        loop: { number: next }
        outputMethod: last
    run:
      class: ExpressionTool
      inputs: { number: int, limit: int }
      outputs: { next: int }
      expression: '${ return {"next": inputs.number + 1}; }'
