cwlVersion: v1.2
class: ExpressionTool
label: Files in a folder

requirements:
  InlineJavascriptRequirement: {}

inputs:
  name: string
  files: File[]

outputs:
  folder: Directory

expression: |
  ${
    return {folder: {class: "Directory", basename: inputs.name, listing: inputs.files}};
  }
