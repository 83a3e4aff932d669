  step@I@:
    in: { file: @SOURCE@ }
    out: [copy]
    run:
      class: CommandLineTool
      baseCommand: [@COMMAND@]
      inputs:
        file: { type: File, inputBinding: { position: 1 } }
      stdout: copy.txt
      outputs:
        copy: { type: stdout }
