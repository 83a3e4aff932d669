#!/bin/sh
# Runs one attempt at a site that shares no folder with the engine. POSIX sh and what every image has, busybox
# too; and curl, or a wget that can put or post files.
#
#   sh FILE [all|fetch|run|send]        or        sh -c TEXT twinflow [all|fetch|run|send]
#
#   TWINFLOW_FOLDER   the attempt's folder, which is made here
#   TWINFLOW_TICKET   the URL where the engine is asked for URLs
#   TWINFLOW_TOKEN    the secret with which it is asked; good for this attempt alone
#   TWINFLOW_SITE_ID  what the site calls the job; else the name of the host
#   TWINFLOW_GRACE    seconds that a tool gets to end after it was told to (25)
#   TWINFLOW_PATIENCE seconds that a store or engine may be away (21600)
#   TWINFLOW_LOG_SECONDS (5), TWINFLOW_PART_MIB (64), TWINFLOW_HTTP (curl, wget or busybox; else the first found)
#
# fetch   claims the attempt and puts into the folder what it needs; whoever comes second finds the claim taken
#         and leaves `over` there
# run     runs the tool as bundle.sh tells, which writes `record` into the folder; needs sh alone
# send    waits for that, sends the logs meanwhile, then the outputs, then the record with all their digests,
#         whose presence in the store is the truth about the end
set -u

here=${TWINFLOW_FOLDER:-}
site_id=${TWINFLOW_SITE_ID:-$(uname -n)}
patience=${TWINFLOW_PATIENCE:-21600}
log_seconds=${TWINFLOW_LOG_SECONDS:-5}
part_mib=${TWINFLOW_PART_MIB:-64}
mask=$(umask)
newline='
'
return=$(printf '\r')

say() { printf 'twinflow: %s\n' "$*" >&2; }

refuse() {
  say "$*"
  exit 78
}

check_surroundings() {
  [ -n "$here" ] || refuse "TWINFLOW_FOLDER is not set; expected the folder of the attempt"
  [ "$1" != run ] || return 0
  [ -n "${TWINFLOW_TICKET:-}" ] || refuse "TWINFLOW_TICKET is not set; expected the URL of the engine's tickets"
  [ -n "${TWINFLOW_TOKEN:-}" ] || refuse "TWINFLOW_TOKEN is not set; expected the secret of this attempt"
  for tool in sha256sum sha1sum sed dd stat head tail od sort tr grep readlink wc timeout; do
    command -v $tool >/dev/null 2>&1 ||
      refuse "this image has no $tool, which files are fetched and sent with; use one that has it (busybox has all)"
  done
  find_client
}

# line TEXT: as one line of a record.
line() { printf '%s\n' "$1" | sed -e 's/\\/\\\\/g' -e '$!s/$/\\n/' | tr -d '\n'; }

# escape TEXT: sets `escaped` to that; most need nothing.
escape() {
  case $1 in
    *\\* | *"$newline"*) escaped=$(line "$1") ;;
    *) escaped=$1 ;;
  esac
}

# unescape TEXT: the other way round, in `plain`.
unescape() {
  case $1 in
    *\\*)
      plain=$(printf '%b.' "$1")
      plain=${plain%.}
      ;;
    *) plain=$1 ;;
  esac
}

# Told to stop while the tool was being made ready.
halted=''

# fail KIND REASON: the tool does not run, and that is its record.
fail() {
  if [ -n "$halted" ]; then set -- CANCELLED "told to stop by its site before the tool ran"; fi
  mkdir "$here/claim" 2>/dev/null
  {
    printf 'kind=%s\n' "$1"
    printf 'reason=%s\n' "$(line "$2")"
    printf 'host=%s\n' "$(uname -n)"
    printf 'ended=%s\n' "$(date +%s)"
    printf 'siteId=%s\n' "$site_id"
    printf '(whole)\n'
  } >"$here/record.new" && mv "$here/record.new" "$here/record"
  failed=yes
}

# make_here: who has just ended may take the empty folders above it away meanwhile.
make_here() {
  for again in 1 2 3 4 5 6 7 8 9; do
    if mkdir -p "$here" 2>/dev/null; then return 0; fi
  done
  mkdir -p "$here"
}

# leave_nothing: nor folders above it that other attempts of the run have left empty.
leave_nothing() {
  rm -rf "$here"
  rmdir "${here%/*}" "${here%/*/*}" 2>/dev/null
}

# is_full: the disk of the attempt's folder, as far as df tells.
is_full() {
  free=$(df -Pk "$here" 2>/dev/null | sed -n '2s/^.* \([0-9][0-9]*\)  *[0-9][0-9]*%.*$/\1/p')
  [ "${free:-1024}" -lt 64 ]
}

# patiently COMMAND…: again and again until it goes well; what it needs may be away for a while. `verdict` ends it.
patiently() {
  spent=0 pause=1 verdict='' refusals=0
  until "$@"; do
    [ -z "$verdict$halted" ] && [ "$spent" -lt "$patience" ] || return 1
    sleep "$pause"
    spent=$((spent + pause))
    [ "$pause" -ge 30 ] || pause=$((pause * 2))
  done
}
