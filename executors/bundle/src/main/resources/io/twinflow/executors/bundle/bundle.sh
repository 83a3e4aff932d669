#!/bin/sh
# Runs one attempt where it is started: claims it, puts its inputs in place, runs the tool, and writes the
# record of its end, whose presence is the truth about it. POSIX sh and what every image has, busybox too.
#
#   sh bundle.sh FOLDER SITE_ID
#
# FOLDER holds the file `task`, which says what to do in the words that are functions here:
#
#   key out tmp in limit needs_out needs_tmp stdin stdout stderr program search   variables
#   stage()    puts inputs in place: link, copy, text, folder
#   inputs()   looks at what the tool must not change
#   tool()     becomes the tool
#
# and, for a tool in a container: engine, image and refusal as variables, prepare_image() which says its digest,
# remove_container(), on_host() which says where a path of the container is here, and leave_links().
#
# It leaves stdout.log, stderr.log and `record`: lines of name=value, the last one `(whole)`. Who comes second
# finds the claim taken and ends without doing anything.
# shellcheck disable=SC2154,SC2317 # the file `task` sets the variables and calls the functions
set -u

here=$1 site_id=$2
if [ -z "${TWINFLOW_BUNDLE:-}" ]; then
  exec env -i PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}" TWINFLOW_BUNDLE=1 sh "$0" "$@"
fi
unset TWINFLOW_BUNDLE

started='' stopped='' code=1 engine='' digest=''

now() {
  time=$(date +%s.%N)
  case $time in
    *.*[!0-9]* | *.) date +%s ;;
    *) printf '%s\n' "$time" ;;
  esac
}

# line TEXT: as one line of a record.
line() { printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e '$!s/$/\\n/' | tr -d '\n'; }

# end NAME=VALUE…: the record is written whole or not at all.
end() {
  trap '' TERM INT HUP
  {
    for entry in "$@"; do printf '%s\n' "$(line "$entry")"; done
    printf 'host=%s\n' "$(uname -n)"
    [ -z "$started" ] || printf 'started=%s\n' "$started"
    if [ -s "$here/times.end" ]; then
      printf 'times=%s %s\n' "$(sed -n 2p "$here/times.start")" "$(sed -n 2p "$here/times.end")"
    fi
    [ -z "$digest" ] || printf 'image=%s\n' "$(line "$digest")"
    printf 'ended=%s\n' "$(now)"
    printf 'siteId=%s\n' "$site_id"
    printf '(whole)\n'
  } >"$here/record.new" && mv "$here/record.new" "$here/record"
  exit "$code"
}

# What fails because the site ends the job has been cancelled.
fail() {
  if [ -n "$stopped" ]; then end kind=CANCELLED "reason=told to stop by its site"; fi
  end "kind=$1" "reason=$2"
}

# Of the disk below a folder, in KiB.
free_disk() { df -Pk "$1" 2>/dev/null | sed -n '2s/^.* \([0-9][0-9]*\)  *[0-9][0-9]*%.*$/\1/p'; }

check_disk() {
  free=$(free_disk "$here")
  needed=$((needs_out + needs_tmp))
  if [ -n "$free" ] && [ "$needed" -gt $((free / 1024)) ]; then
    fail RESOURCES "needs $needed MiB of disk at $here (outdirMin $needs_out, tmpdirMin $needs_tmp) and \
$((free / 1024)) MiB are free; free some, or ask for less (a tool that names none gets the 1024 and 1024 of CWL)"
  fi
}

# there SOURCE: an input must be.
there() {
  [ -e "$1" ] || fail USER "input $1 does not exist at this site; was it moved or deleted?"
  [ -r "$1" ] || fail USER "input $1 cannot be read at this site; see its permissions"
}

# place TARGET: its folder is made, and an earlier entry of the same name is gone.
place() {
  parent=${1%/*}
  above=$parent
  while [ "$above" != "$out" ] && [ "$above" != "$in" ] && [ "$above" != "$tmp" ] \
    && [ "$above" != "$here" ] && [ "${above%/*}" != "$above" ]; do
    [ ! -L "$above" ] || fail USER "cannot put an input at $1: $above is another input, and it is read-only"
    above=${above%/*}
  done
  mkdir -p "$parent" || fail INFRASTRUCTURE "cannot make the folder $parent"
  if [ -L "$1" ] || [ -f "$1" ]; then rm -f "$1"; fi
}

link() {
  there "$1"
  place "$2"
  ln -s "$1" "$2" || fail INFRASTRUCTURE "cannot link $1 to $2"
}

copy() {
  there "$1"
  place "$2"
  { cp -RL "$1" "$2" && chmod -R u+rw "$2"; } || fail RESOURCES "cannot copy $1 to $2: is the disk full?"
}

# text FILE TARGET [MODE]: a file that came with the task.
text() {
  place "$2"
  { cp "$here/texts/$1" "$2" && chmod "${3:-644}" "$2"; } || fail RESOURCES "cannot write $2: is the disk full?"
}

folder() {
  place "$1"
  mkdir -p "$1" || fail INFRASTRUCTURE "cannot make the folder $1"
}

# bind SOURCE [POINT]: the container sees it; the point is where it is mounted into a folder of the attempt.
bind() {
  there "$1"
  [ -n "${2:-}" ] || return 0
  place "$2"
  if [ -d "$1" ]; then mkdir -p "$2"; else : >"$2"; fi || fail INFRASTRUCTURE "cannot make the mount point $2"
}

# unbind SOURCE POINT: a link shows what was mounted there.
unbind() {
  if [ -d "$2" ] && [ ! -L "$2" ]; then rmdir "$2"; else rm -f "$2"; fi 2>/dev/null
  [ -e "$2" ] || [ -L "$2" ] || ln -s "$1" "$2"
}

# mapped TARGET SOURCE PATH: prints what a path at or below the target is on this side.
mapped() {
  case $3 in
    "$1" | "$1"/*) printf '%s\n' "$2${3#"$1"}" ;;
    *) return 1 ;;
  esac
}

# Links that the tool made name paths of the container.
true_links() {
  find "$out" -type l 2>/dev/null | while IFS= read -r link; do
    case $(readlink "$link") in
      /*) ! real=$(on_host "$(readlink "$link")") || { rm -f "$link" && ln -s "$real" "$link"; } ;;
    esac
  done
}

last_words() { sed '/^[[:space:]]*$/d' "$1" 2>/dev/null | tail -n 1 | cut -c 1-500; }

# The image, before the time of the tool begins.
check_image() {
  if ! prepare_image >"$here/image" 2>"$here/image.log" </dev/null; then
    why=$(last_words "$here/image.log")
    case $why in
      *'not found'* | *'not exist'* | *unknown* | *unauthorized* | *denied* | *'has no image'* | *'invalid reference'*) kind=USER ;;
      *) kind=INFRASTRUCTURE ;;
    esac
    fail $kind "$engine cannot get the image $image: ${why:-it gave no reason}"
  fi
  digest=$(tail -n 1 "$here/image")
  rm -f "$here/image" "$here/image.log"
}

# A container's processes are no children of this script, and its first one is deaf to SIGTERM: who is told to end
# must not wait for the tool, but end what is marked, while there is time.
attend() {
  trap 'exit 143' TERM INT HUP
  { tool <&3 3<&- & } 3<&0
  wait $!
}

# The engine failed, and not the tool, as far as its words or its deeds say so.
engine_failed() {
  [ "$code" -ge 125 ] || return 1
  case $refusal in
    '') return 1 ;;
    started) [ "$code" -le 127 ] && [ ! -s "$here/container" ] ;;
    *) case $(last_words "$errors") in "$refusal"*) ;; *) return 1 ;; esac ;;
  esac
}

end_container() {
  if [ -n "$killed" ] || [ -e "$here/late" ]; then remove_container >/dev/null 2>&1 </dev/null; fi
  true_links
  leave_links
  if [ -z "$killed" ] && [ ! -e "$here/late" ] && engine_failed; then
    kind=INFRASTRUCTURE
    case $code in 126 | 127) kind=USER ;; esac
    why=$(last_words "$errors")
    fail $kind "$engine could not start '$program' in image $image: ${why:-it gave no reason}"
  fi
}

# look INPUT: size, time, inode and name of it and of the first thousand things in it.
look() { find "$1" 2>/dev/null | head -n 1000 | while IFS= read -r path; do stat -c '%s %Y %i %n' "$path"; done 2>/dev/null; }

check_inputs() {
  inputs >"$here/inputs.after"
  if ! cmp -s "$here/inputs.before" "$here/inputs.after"; then
    changed=$(grep -v -x -F -f "$here/inputs.after" "$here/inputs.before" | sed -n 1p)
    fail TASK "input ${changed#* * * } was changed or deleted while the tool ran, and inputs are read-only; a tool \
that must change one stages it with InitialWorkDirRequirement and writable: true, which gives it a copy"
  fi
}

is_program() { [ -f "$1" ] && [ -x "$1" ]; }

check_program() {
  case $program in
    */*)
      case $program in /*) path=$program ;; *) path=$out/$program ;; esac
      [ -e "$path" ] || fail USER "program '$path' does not exist"
      is_program "$path" || fail USER "program '$path' is no executable file; see chmod(1)"
      ;;
    *)
      rest=$search:
      while [ -n "$rest" ]; do
        case $rest in /*) path=${rest%%:*}/$program ;; *) path=$out/${rest%%:*}/$program ;; esac
        ! is_program "$path" || return 0
        rest=${rest#*:}
      done
      fail USER "program '$program' is not installed at this site: looked in PATH=$search; install it, or name a \
container image that has it"
      ;;
  esac
}

# stream NAME FILE: the log, or a link to the file in the working folder; sets `stream`.
stream() {
  stream=$here/$1.log
  [ -n "$2" ] || return 0
  stream=$out/$2
  parent=${stream%/*}
  mkdir -p "$parent" || fail USER "'$2' cannot be written: $parent is no folder"
  case $(cd -P "$parent" && pwd -P)/ in
    "$(cd -P "$out" && pwd -P)"/*) ;;
    *) fail USER "'$2' goes through a link to an input" ;;
  esac
  rm -f "$stream"
  ln -s "out/$2" "$here/$1.log"
}

# marked VARIABLE=VALUE: the processes that were started with it.
marked() {
  # shellcheck disable=SC2013 # words without blanks
  for found in $(grep -l -s "$1" /proc/[0-9]*/environ 2>/dev/null); do
    id=${found#/proc/}
    if tr '\0' '\n' 2>/dev/null <"$found" | grep -q -x "$1"; then printf '%s\n' "${id%/environ}"; fi
  done
}

pause() { sleep 0.1 2>/dev/null || sleep 1; }

# stop VARIABLE=VALUE TENTHS: asks the processes, and after that time makes them end.
stop() {
  tenths=0
  sent=TERM
  while ids=$(marked "$1") && [ -n "$ids" ]; do
    if [ "$tenths" -eq 0 ] || [ "$tenths" -ge "$2" ]; then
      [ "$tenths" -lt "$2" ] || sent=KILL
      # shellcheck disable=SC2086 # numbers
      kill -$sent $ids 2>/dev/null
    fi
    [ "$tenths" -lt 600 ] || return 1
    tenths=$((tenths + 1))
    pause
  done
}

# runs ID: it has not ended; one that waits to be asked for its exit code has.
runs() {
  case $(sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null) in '' | Z*) return 1 ;; esac
}

# let_end TENTHS: all that the tool started is asked to end, and the tool gets that time. What it leaves behind has
# no claim to it: a site that kills this script meanwhile would find it running for ever.
let_end() {
  # shellcheck disable=SC2046 # numbers
  kill -TERM $(marked "TWINFLOW_ATTEMPT=$key") 2>/dev/null
  tenths=0
  while runs "$running" && [ "$tenths" -lt "$1" ]; do
    tenths=$((tenths + 1))
    pause
  done
  stop "TWINFLOW_ATTEMPT=$key" 10
}

# Ends the tool when its time is over, and itself when the tool has ended.
watch_time() {
  time=$limit
  sleep 0.01 2>/dev/null || time=${limit%.*}
  TWINFLOW_WATCH=$key sleep "$time" || return
  : >"$here/late"
  stop "TWINFLOW_ATTEMPT=$key" 10
}

run_tool() {
  run=tool
  [ -z "$engine" ] || run=attend
  started=$(now)
  [ -n "$engine" ] || times >"$here/times.start"
  # Waited for, and not simply called: a signal may be for this shell alone, and then it tells the tool. A shell that
  # has just been forked loses signals: it looks for `stopped`.
  if [ "$stdout" = "$stderr" ] && [ -n "$stdout" ]; then
    (cd "$out" && [ ! -e "$here/stopped" ] && $run) <"${stdin:-/dev/null}" >"$to" 2>&1 &
  else
    (cd "$out" && [ ! -e "$here/stopped" ] && $run) <"${stdin:-/dev/null}" >"$to" 2>"$errors" &
  fi
  running=$!
  [ -z "$stopped" ] || kill -TERM "$running" 2>/dev/null
  wait "$running"
  code=$? killed=$stopped
  if [ -n "$killed" ] && kill -0 "$running" 2>/dev/null; then
    grace=25
    [ ! -s "$here/grace" ] || read -r grace <"$here/grace"
    # The client of a container's engine ends as soon as its container has.
    if [ -n "$engine" ]; then stop "TWINFLOW_ATTEMPT=$key" $((grace * 10)); else let_end $((grace * 10)); fi
    wait "$running"
    code=$?
  fi
  [ -n "$engine" ] || times >"$here/times.end"
}

mkdir "$here/claim" 2>/dev/null || exit 0
# A site that ends the job tells the tool, too, and says itself why; a tool that had ended has its result.
running=''
trap 'stopped=yes; printf . 2>/dev/null >"$here/stopped"; [ -z "$running" ] || kill -TERM "$running" 2>/dev/null' TERM INT HUP
# shellcheck source=/dev/null
. "$here/task"
mkdir -p "$out" "$in" "$tmp" || fail INFRASTRUCTURE "cannot make the folders of the task in $here"
check_disk
stage
[ -z "$stdin" ] || [ -r "$stdin" ] || fail USER "stdin $stdin does not exist or cannot be read"
stream stdout "$stdout"
to=$stream
if [ "$stdout" != "$stderr" ] || [ -z "$stderr" ]; then stream stderr "$stderr"; fi
errors=$stream
if [ -n "$engine" ]; then
  check_image
else
  inputs >"$here/inputs.before"
  check_program
fi
[ -z "$stopped" ] || fail CANCELLED "told to stop by its site before the tool ran"
if [ -n "$limit" ]; then
  watch_time </dev/null >/dev/null 2>&1 &
  watcher=$!
fi
run_tool
if [ -n "$limit" ]; then
  # First the shell, or it might begin its sleep after that of others was ended. A shell that has just been forked
  # loses any other signal; and it would say Killed.
  kill -KILL "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null
  stop "TWINFLOW_WATCH=$key" 0
fi
stop "TWINFLOW_ATTEMPT=$key" 10
[ -z "$engine" ] || end_container
if [ -n "$killed" ]; then fail CANCELLED "told to stop by its site (exit code $code)"; fi
if [ -e "$here/late" ]; then
  fail RESOURCES "ran longer than its time limit of $limit s (ToolTimeLimit)"
fi
[ -n "$engine" ] || check_inputs
free=$(free_disk "$out")
if [ "$code" -ne 0 ] && [ "${free:-1024}" -lt 64 ]; then
  fail RESOURCES "exit code $code, and the disk of $out is full"
fi
end "code=$code"
