cwlVersion: v1.2
class: CommandLineTool
baseCommand: [@COMMAND@]
inputs:
  word: { type: string, inputBinding: { position: 1 } }
stdout: word.txt
outputs:
  file: { type: stdout }
