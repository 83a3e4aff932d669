# ---- Which of it ---------------------------------------------------------------------------------------------

open_desk() {
  desk=$here/desk.$1
  umask 077
  mkdir -p "$desk" || refuse "cannot make the folder $desk"
}

# begin: true for the first that starts in this folder.
begin() {
  umask 077
  make_here || refuse "cannot make the folder $here; is TWINFLOW_FOLDER where this user may write?"
  mkdir "$here/begun" 2>/dev/null && printf '%s\n' $$ >"$here/begun/by"
}

# is_abandoned: the tool has ended, and who ran it died before all was sent.
is_abandoned() {
  [ -e "$here/record" ] && [ ! -e "$here/over" ] && [ -s "$here/begun/by" ] || return 1
  read -r by <"$here/begun/by"
  ! kill -0 "$by" 2>/dev/null && mkdir "$here/begun/again.$by" 2>/dev/null && printf '%s\n' $$ >"$here/begun/by"
}

run() {
  if [ -e "$here/over" ] || [ -e "$here/told" ]; then exit 0; fi
  umask "$mask"
  unset TWINFLOW_TOKEN TWINFLOW_TICKET
  exec sh "$here/bundle.sh" "$here" "$site_id"
}

# Until the tool has ended, whatever this is told; the tool is told, too. A shell that has just been forked loses
# signals: it looks for `told`.
run_and_ship() {
  runner='' told=''
  trap 'told=yes; printf . 2>/dev/null >"$here/told"; [ -z "$runner" ] || kill -TERM $runner 2>/dev/null' TERM INT HUP
  [ -z "$halted" ] || printf . >"$here/told"
  (run) &
  runner=$!
  [ -z "$told" ] || kill -TERM $runner 2>/dev/null
  keep_shipping $runner &
  shipper=$!
  while kill -0 $runner 2>/dev/null; do wait $runner; done
  trap '' TERM INT HUP
  kill -TERM $shipper 2>/dev/null
  while kill -0 $shipper 2>/dev/null; do wait $shipper; done
  if [ -e "$here/record" ]; then return 0; fi
  case $told$halted in
    yes*) fail CANCELLED "told to stop by its site before the tool ran" ;;
    *) fail INFRASTRUCTURE "the shell that ran the tool ended without a record of it" ;;
  esac
}

wait_and_ship() {
  trap '' TERM INT HUP
  ticks=0 since=0
  until [ -e "$here/record" ] || [ -e "$here/over" ]; do
    sleep 1
    ticks=$((ticks + 1))
    [ $((ticks % log_seconds)) -ne 0 ] || look_in
  done
}

failed=''
phase=${1:-all}
check_surroundings "$phase"
case $phase in
  all)
    if begin; then
      open_desk all
      trap 'halted=yes' TERM INT HUP
      get_ready
      [ -z "$halted" ] || [ -n "$failed" ] || fail CANCELLED ''
      [ -n "$failed" ] || run_and_ship
      trap '' TERM INT HUP
      halted=''
    elif is_abandoned; then
      open_desk all
    else
      # Another copy is at it, or has died while the tool ran.
      exit 0
    fi
    send_all || exit 1
    leave_nothing
    exit 0
    ;;
  fetch)
    begin || exit 0
    open_desk fetch
    get_ready
    ;;
  run) run ;;
  send)
    open_desk send
    wait_and_ship
    send_all || exit 1
    ;;
  *) refuse "'$phase' is no part of it; expected all, fetch, run or send" ;;
esac
