cwlVersion: v1.2
class: CommandLineTool
label: The hydrograph as a picture

requirements:
  ResourceRequirement: {coresMin: 1, ramMin: 128}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/draw.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/font.py}
        - {class: File, location: ../scripts/png.py}
    inputBinding: {position: 0}
  ensemble: {type: File, inputBinding: {prefix: --ensemble, position: 1}}
  status: {type: File, inputBinding: {prefix: --status, position: 1}}
  thresholds: {type: File, inputBinding: {prefix: --thresholds, position: 1}}

outputs:
  hydrograph:
    type: File
    outputBinding: {glob: "*-hydrograph.png"}
