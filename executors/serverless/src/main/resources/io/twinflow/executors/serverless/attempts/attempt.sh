#!/bin/sh
# Runs the bundle of one attempt where a function or a service was called, and ends it when the engine asks by
# a file: such places have no call that ends one of many. POSIX sh, busybox too.
#
#   sh attempt.sh BUNDLE FOLDER KEY SITE_ID
#
# The end of this script says that there is nothing more to come, and not how the tool ended: a site that sees a
# failure would start the attempt again.
set -u
bundle=$1 folder=$2 key=$3 id=$4 run=

printf '%s\n' "$id" >>"$folder/starts" || exit 0

# marked: the processes of the tool.
marked() {
  # shellcheck disable=SC2013 # words without blanks
  for found in $(grep -l -s "TWINFLOW_ATTEMPT=$key" /proc/[0-9]*/environ 2>/dev/null); do
    process=${found#/proc/}
    if tr '\0' '\n' 2>/dev/null <"$found" | grep -q -x "TWINFLOW_ATTEMPT=$key"; then printf '%s\n' "${process%/environ}"; fi
  done
}

pause() { sleep 0.2 2>/dev/null || sleep 1; }

# The bundle hears it first, so that it knows why its tool ends.
end_run() {
  signal=TERM rounds=0
  while kill -TERM "$run" 2>/dev/null; do
    [ "$rounds" -lt 10 ] || signal=KILL
    # shellcheck disable=SC2046 # numbers
    if [ "$rounds" -eq 0 ] || [ "$rounds" -ge 10 ]; then kill -$signal $(marked) 2>/dev/null; fi
    rounds=$((rounds + 1))
    pause
  done
}

watch() {
  until [ -e "$folder/stop" ]; do pause; done
  end_run
}

sh "$bundle" "$folder" "$id" </dev/null &
run=$!
trap 'end_run' TERM INT HUP
watch </dev/null >/dev/null 2>&1 &
watcher=$!
wait "$run"
while kill -0 "$run" 2>/dev/null; do wait "$run"; done
kill "$watcher" 2>/dev/null
exit 0
