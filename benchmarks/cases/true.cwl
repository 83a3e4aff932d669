cwlVersion: v1.2
class: Workflow
requirements:
  ScatterFeatureRequirement: {}
inputs:
  items: int[]
outputs: []
steps:
  each:
    scatter: item
    in: { item: items }
    out: []
    run:
      class: CommandLineTool
      baseCommand: [@COMMAND@]
      inputs:
        item: int
      outputs: []
