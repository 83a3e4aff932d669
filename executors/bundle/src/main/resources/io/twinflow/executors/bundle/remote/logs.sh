# ---- Logs ----------------------------------------------------------------------------------------------------
# A log goes in parts, each named by the position of its first byte. What goes to a file is an output.

log_part=8388608

# ship NAME: the next part, if the log has grown.
ship() {
  log=$here/$1.log
  if [ ! -f "$log" ] || [ -L "$log" ]; then return 0; fi
  at=0
  [ ! -s "$here/$1.sent" ] || read -r at <"$here/$1.sent"
  [ "$(stat -c %s "$log")" -gt "$at" ] || return 0
  tail -c "+$((at + 1))" "$log" | head -c $log_part >"$desk/part"
  name=log/$1.$(printf '%015d' "$at") file=$desk/part url=''
  put_once || return 1
  printf '%s\n' $((at + $(stat -c %s "$desk/part"))) >"$here/$1.sent"
}

is_shipped() {
  log=$here/$1.log
  if [ ! -f "$log" ] || [ -L "$log" ]; then return 0; fi
  at=0
  [ ! -s "$here/$1.sent" ] || read -r at <"$here/$1.sent"
  [ "$at" -ge "$(stat -c %s "$log")" ]
}

ship_all() {
  for stream in stdout stderr; do
    until is_shipped $stream; do patiently ship $stream || return 1; done
    if [ -L "$here/$stream.log" ]; then
      escape "$(readlink "$here/$stream.log")"
      printf '%s' "$escaped" >"$desk/part"
      name=log/$stream-file file=$desk/part url=''
      patiently put_once || return 1
    fi
  done
}

# keep_shipping: until it is told to stop.
keep_shipping() {
  desk=$here/desk.logs
  mkdir -p "$desk"
  told=''
  trap 'told=yes' TERM
  while [ -z "$told" ]; do
    sleep "$log_seconds" &
    wait $! || true
    [ -z "$told" ] || kill $! 2>/dev/null
    [ -n "$told" ] || { ship stdout && ship stderr; } || true
  done
}
