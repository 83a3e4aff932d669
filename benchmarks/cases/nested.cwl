cwlVersion: v1.2
class: Workflow
requirements:
  InlineJavascriptRequirement: {}
  ScatterFeatureRequirement: {}
inputs:
  rows: int[]
  columns: int[]
outputs:
  sums:
    type: { type: array, items: { type: array, items: int } }
    outputSource: each/sum
steps:
  each:
    scatter: [row, column]
    scatterMethod: nested_crossproduct
    in: { row: rows, column: columns }
    out: [sum]
    run:
      class: ExpressionTool
      inputs: { row: int, column: int }
      outputs: { sum: int }
      expression: '${ return {"sum": inputs.row + inputs.column}; }'
