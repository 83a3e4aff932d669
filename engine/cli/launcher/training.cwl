# What ./twinflow runs once, so that the classes of an ordinary run are in its start-up cache.
cwlVersion: v1.2
class: Workflow
requirements:
  InlineJavascriptRequirement: {}
  ScatterFeatureRequirement: {}
  StepInputExpressionRequirement: {}
inputs:
  words: string[]
outputs:
  lengths:
    type: int[]
    outputSource: measure/length
  all:
    type: File
    outputSource: join/all
steps:
  write:
    scatter: word
    in: { word: words }
    out: [file]
    run:
      class: CommandLineTool
      baseCommand: echo
      inputs:
        word: { type: string, inputBinding: { position: 1 } }
      stdout: $(inputs.word).txt
      outputs:
        file: { type: stdout }
  measure:
    scatter: file
    in: { file: write/file }
    out: [length]
    run:
      class: ExpressionTool
      inputs:
        file: { type: File, loadContents: true }
      outputs: { length: int }
      expression: '${ return {"length": inputs.file.contents.length}; }'
  join:
    in:
      files: write/file
      title: { valueFrom: $(inputs.files.length + " files") }
    out: [all]
    run:
      class: CommandLineTool
      baseCommand: cat
      inputs:
        files: { type: 'File[]', inputBinding: { position: 1 } }
        title: string
      stdout: all.txt
      outputs:
        all: { type: File, outputBinding: { glob: all.txt } }
