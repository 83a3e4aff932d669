cwlVersion: v1.2
class: Workflow
id: reading-check
label: Whether a file is a reading of a gauge that this twin knows
doc: It fails if it is none; what is wrong with it, and where, is in the log of its step.

requirements: {}

inputs:
  reading: File
  histories:
    type: File[]
    default:
      - {class: File, location: ../flood-early-warning/data/99000001_streamflow_qc.txt}
      - {class: File, location: ../flood-early-warning/data/99000002_streamflow_qc.txt}
      - {class: File, location: ../flood-early-warning/data/99000003_streamflow_qc.txt}

steps:
  read:
    run: tools/read.cwl
    in:
      reading: reading
      histories: histories
    out: [gauge]

outputs:
  gauge: {type: string, outputSource: read/gauge}
