cwlVersion: v1.2
class: Workflow
requirements:
  InlineJavascriptRequirement: {}
  ScatterFeatureRequirement: {}
  SubworkflowFeatureRequirement: {}
inputs:
  items: int[]
outputs:
  results: { type: 'int[]', outputSource: each/result }
steps:
  each:
    scatter: item
    in: { item: items }
    out: [result]
    run:
      class: Workflow
      inputs: { item: int }
      outputs:
        result: { type: int, outputSource: double/result }
      steps:
        increment:
          in: { number: item }
          out: [result]
          run:
            class: ExpressionTool
            inputs: { number: int }
            outputs: { result: int }
            expression: '${ return {"result": inputs.number + 1}; }'
        double:
          in: { number: increment/result }
          out: [result]
          run:
            class: ExpressionTool
            inputs: { number: int }
            outputs: { result: int }
            expression: '${ return {"result": inputs.number * 2}; }'
