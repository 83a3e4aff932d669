cwlVersion: v1.2
class: Workflow
requirements:
  InlineJavascriptRequirement: {}
  ScatterFeatureRequirement: {}
inputs:
  items: int[]
outputs:
  squares: { type: 'int[]', outputSource: each/square }
steps:
  each:
    scatter: item
    in: { item: items }
    out: [square]
    run:
      class: ExpressionTool
      inputs:
        item: int
      outputs:
        square: int
      expression: '${ return {"square": inputs.item * inputs.item}; }'
