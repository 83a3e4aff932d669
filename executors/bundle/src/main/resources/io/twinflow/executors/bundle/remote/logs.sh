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
  if [ ! -s "$desk/part" ]; then
    verdict=full trouble="no room for a part of it"
    return 1
  fi
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

# look_in: sends what there is; now and then asks whether anybody still waits for it.
look_in() {
  { ship stdout && ship stderr; } || true
  since=$((since + log_seconds))
  if [ "$since" -ge 30 ]; then
    since=0
    ticket alive || true
  fi
}

# keep_shipping PROCESS: until the process has ended, or is told to because nobody waits any more. Who tells this one
# to stop makes it so at once, unless it had just begun: then shells lose signals.
keep_shipping() {
  desk=$here/desk.logs
  mkdir -p "$desk"
  told='' since=0
  trap 'told=yes' TERM
  while [ -z "$told" ] && kill -0 "$1" 2>/dev/null; do
    sleep "$log_seconds" &
    wait $! || true
    if [ -n "$told" ]; then
      kill $! 2>/dev/null
    else
      look_in
      if [ -e "$here/over" ]; then
        kill -TERM "$1" 2>/dev/null
        told=yes
      fi
    fi
  done
}
