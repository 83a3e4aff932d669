cwlVersion: v1.2
class: CommandLineTool
label: The skill of all catchments in one table

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 16}

baseCommand: [awk, "NR == 1 || FNR > 1"]

inputs:
  tables: {type: "File[]", inputBinding: {position: 1}}

stdout: skill.csv

outputs:
  table: stdout
