cwlVersion: v1.2
class: CommandLineTool
baseCommand: [@COMMAND@]
inputs:
  file: { type: File, inputBinding: { position: 1 } }
stdout: copy.bin
outputs:
  copy: { type: stdout }
