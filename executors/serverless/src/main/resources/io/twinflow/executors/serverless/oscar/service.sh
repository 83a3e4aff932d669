#!/bin/sh
# Runs the attempt that the event of this job names. OSCAR gives the event as $EVENT (in base64 on nodes behind
# interLink) or, through its supervisor, as a file; and the name of the job as $JOB_UUID.
event=${EVENT:-$(cat "$INPUT_FILE_PATH")}
case $event in
  '{'*) ;;
  *) event=$(printf '%s' "$event" | base64 -d) ;;
esac
value() { printf '%s' "$event" | sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p"; }
path() { value "$1" | base64 -d; }
exec sh "$(path script)" "$(path bundle)" "$(path folder)" "$(value attempt)" "${JOB_UUID:-$(uname -n)}"
