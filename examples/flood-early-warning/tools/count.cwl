cwlVersion: v1.2
class: ExpressionTool
label: The numbers from 0 to n - 1

requirements:
  InlineJavascriptRequirement: {}

inputs:
  n: int

outputs:
  numbers: int[]

expression: |
  ${
    var numbers = [];
    for (var i = 0; i < inputs.n; i++) {
      numbers.push(i);
    }
    return {numbers: numbers};
  }
