cwlVersion: v1.2
class: CommandLineTool
label: Texts one after the other

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 16}

baseCommand: cat

inputs:
  texts: {type: "File[]", inputBinding: {position: 1}}
  name: string

stdout: $(inputs.name)

outputs:
  joined: stdout
