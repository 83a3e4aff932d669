cwlVersion: v1.2
class: ExpressionTool
label: A note that no warning is due

requirements:
  SchemaDefRequirement:
    types:
      - $import: ../types.yml
  InlineJavascriptRequirement: {}

inputs:
  catchment: ../types.yml#Catchment
  watch: ../types.yml#Period

outputs:
  note: File

expression: |
  ${
    var c = inputs.catchment;
    return {note: {
      class: "File",
      basename: c.gauge + "-all-clear.txt",
      contents: "No flood warning for " + c.name + " (gauge " + c.gauge + ") from " +
        inputs.watch.first + " to " + inputs.watch.last + ".\n"
    }};
  }
