cwlVersion: v1.2
class: CommandLineTool
label: Read what a gauge has sent

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
      location: ../scripts/read_gauge.py
      secondaryFiles:
        - {class: File, location: ../../flood-early-warning/scripts/command.py}
        - {class: File, location: ../../flood-early-warning/scripts/camels.py}
    inputBinding: {position: 0}
  reading: {type: File, inputBinding: {prefix: --reading, position: 1}}
  histories: {type: "File[]", inputBinding: {position: 2}, doc: The past of all gauges that are known.}

outputs:
  gauge: {type: string, doc: In cwl.output.json.}
