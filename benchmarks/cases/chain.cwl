cwlVersion: v1.2
class: Workflow
inputs:
  first: File
outputs:
  last: { type: File, outputSource: @LAST@/copy }
steps:
@STEPS@
