#!/bin/sh
# Runs the attempt that the event of this job names. OSCAR gives the event as $EVENT (in base64 on nodes behind
# interLink) or, through its supervisor, as a file; and the name of the job as $JOB_UUID. What follows below runs
# the attempt, from the variables that the event brings.
event=${EVENT:-$(cat "$INPUT_FILE_PATH")}
case $event in
  '{'*) ;;
  *) event=$(printf '%s' "$event" | base64 -d) ;;
esac
while IFS= read -r variable; do
  # shellcheck disable=SC2163 # it is NAME=value
  [ -z "$variable" ] || export "$variable"
done <<VARIABLES
$(printf '%s' "$event" | sed -n 's/.*"environment":"\([^"]*\)".*/\1/p' | base64 -d)
VARIABLES
TWINFLOW_SITE_ID=${JOB_UUID:-$(uname -n)}
export TWINFLOW_SITE_ID
unset EVENT event variable
