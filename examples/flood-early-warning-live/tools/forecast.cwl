cwlVersion: v1.2
class: CommandLineTool
label: The level of the days ahead

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 64}
  # The modules lie in another folder than the script, and beside it only where they are staged.
  EnvVarRequirement: {envDef: {PYTHONPATH: $(inputs.script.dirname)}}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/forecast.py
      secondaryFiles:
        - {class: File, location: ../../flood-early-warning/scripts/command.py}
        - {class: File, location: ../../flood-early-warning/scripts/camels.py}
        - {class: File, location: ../../flood-early-warning/scripts/hydrology.py}
        - {class: File, location: ../../flood-early-warning/scripts/series.py}
        - {class: File, location: ../../flood-early-warning/scripts/skill.py}
    inputBinding: {position: 0}
  reading: {type: File, inputBinding: {prefix: --reading, position: 1}}
  record:
    type: File
    secondaryFiles: [.meta.json]
    inputBinding: {prefix: --record, position: 1}
  parameters: {type: File, inputBinding: {prefix: --parameters, position: 1}}
  thresholds: {type: File, inputBinding: {prefix: --thresholds, position: 1}}

# All in cwl.output.json.
outputs:
  river: string
  day: string
  level: double
  threshold: double
  exceeded: boolean
  text: string
