cwlVersion: v1.2
class: CommandLineTool
label: Check and clean the record of a catchment

requirements:
  SchemaDefRequirement:
    types:
      - $import: ../types.yml
  InlineJavascriptRequirement: {}
  ResourceRequirement: {coresMin: 1, ramMin: 64}

baseCommand: [python3, -B]

inputs:
  script:
    type: File
    default:
      class: File
      location: ../scripts/clean.py
      secondaryFiles:
        - {class: File, location: ../scripts/command.py}
        - {class: File, location: ../scripts/camels.py}
        - {class: File, location: ../scripts/hydrology.py}
        - {class: File, location: ../scripts/series.py}
    inputBinding: {position: 0}
  catchment: ../types.yml#Catchment
  train: ../types.yml#Period
  watch: ../types.yml#Period

arguments:
  - {position: 1, prefix: --gauge, valueFrom: $(inputs.catchment.gauge)}
  - {position: 1, prefix: --name, valueFrom: $(inputs.catchment.name)}
  - {position: 1, prefix: --area, valueFrom: "$(inputs.catchment.area_km2 || null)"}
  - {position: 1, prefix: --forcing, valueFrom: $(inputs.catchment.forcing.path)}
  - {position: 1, prefix: --streamflow, valueFrom: $(inputs.catchment.streamflow.path)}
  - {position: 1, prefix: --train-first, valueFrom: $(inputs.train.first)}
  - {position: 1, prefix: --train-last, valueFrom: $(inputs.train.last)}
  - {position: 1, prefix: --watch-first, valueFrom: $(inputs.watch.first)}
  - {position: 1, prefix: --watch-last, valueFrom: $(inputs.watch.last)}

outputs:
  record:
    type: File
    secondaryFiles: [.meta.json]
    outputBinding: {glob: "*.clean.csv"}
    doc: Forcing, potential evapotranspiration and discharge of each day, in mm and °C.
  quality:
    type: File
    outputBinding: {glob: "*.quality.json"}
    doc: What was filled, exchanged and left out.
