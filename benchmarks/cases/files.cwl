cwlVersion: v1.2
class: Workflow
requirements:
  ScatterFeatureRequirement: {}
inputs:
  items: int[]
outputs:
  files: { type: 'File[]', outputSource: each/file }
steps:
  each:
    scatter: item
    in: { item: items }
    out: [file]
    run:
      class: CommandLineTool
      baseCommand: [@COMMAND@]
      inputs:
        item: { type: int, inputBinding: { position: 1 } }
      stdout: $(inputs.item).txt
      outputs:
        file: { type: stdout }
