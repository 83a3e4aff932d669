# Shared by the scripts of the brokers, which source it with $peer set. What a broker made durable outlives `kill`;
# `stop` takes all of it away.
# shellcheck shell=sh disable=SC2154

home=${TWINFLOW_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/twinflow/peers}/$peer

say() { printf '%s\n' "peers/$peer: $*" >&2; }

# alive: the process whose id stands in pid, if it is ours still.
alive() { [ -s "$home/pid" ] && grep -q "$home" "/proc/$(cat "$home/pid")/cmdline" 2>/dev/null; }

# needs COMMAND PACKAGE
needs() {
  PATH=$PATH:/usr/sbin:/usr/lib/rabbitmq/bin
  command -v "$1" >/dev/null || {
    say "needs $1 (Debian: apt-get install $2)"
    exit 1
  }
}

# free_ports COUNT
free_ports() {
  python3 -c 'import socket, sys
s = [socket.socket() for i in range(int(sys.argv[1]))]
[x.bind(("127.0.0.1", 0)) for x in s]
print(*[x.getsockname()[1] for x in s])' "$1"
}

# listens PORT
listens() {
  python3 -c 'import socket, sys
socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()' "$1" 2>/dev/null
}

answers() { alive && [ -s "$home/port" ] && listens "$(cat "$home/port")"; }

# launch COMMAND…: in the background, in a group of its own.
launch() {
  setsid nohup "$@" >>"$home/log" 2>&1 </dev/null &
  printf '%s\n' $! >"$home/pid"
}

# wait_for COMMAND…: a minute at most, and as long as the broker lives.
wait_for() {
  tenths=0
  until "$@"; do
    tenths=$((tenths + 1))
    if [ "$tenths" -gt 600 ] || { [ "$tenths" -gt 50 ] && ! alive; }; then
      say "does not answer; $home/log ends:"
      tail -n 5 "$home/log" >&2
      exit 1
    fi
    sleep 0.1
  done
}

# certify: a certificate of a new authority for the name localhost, and for no number.
certify() {
  needs openssl openssl
  days=30
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days $days -subj '/CN=Twinflow test authority' \
    -keyout "$home/authority.key" -out "$home/authority.pem" 2>>"$home/log"
  openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$home/server.key" -out "$home/server.csr" 2>>"$home/log"
  printf 'subjectAltName=DNS:localhost\n' >"$home/server.ext"
  openssl x509 -req -in "$home/server.csr" -CA "$home/authority.pem" -CAkey "$home/authority.key" -CAcreateserial \
    -days $days -extfile "$home/server.ext" -out "$home/server.pem" 2>>"$home/log"
}

# begin: a broker that was killed goes on with its data; any other is configured anew.
begin() {
  if ! answers; then
    if [ ! -s "$home/port" ]; then
      mkdir -p "$home"
      chmod 700 "$home"
      python3 -c 'import secrets; print(secrets.token_hex(12))' >"$home/password"
      certify
      configure
    fi
    run
    wait_for answers
  fi
  name=TWINFLOW_$(printf '%s' "$scheme" | tr '[:lower:]' '[:upper:]')
  printf 'export %s_URL=%s://twinflow:%s@127.0.0.1:%s\n' "$name" "$scheme" "$(cat "$home/password")" "$(cat "$home/port")"
  printf 'export %s_TLS=localhost:%s %s_AUTHORITY=%s\n' "$name" "$(cat "$home/tls-port")" "$name" "$home/authority.pem"
}

# end SIGNAL: and waits for the end.
end() {
  alive || return 0
  pid=$(cat "$home/pid")
  kill "-$1" "$pid"
  tenths=0
  while alive; do
    tenths=$((tenths + 1))
    [ "$tenths" -ne 100 ] || kill -KILL "$pid" 2>/dev/null || true
    if [ "$tenths" -gt 200 ]; then
      say "process $pid has not ended after 20 s"
      exit 1
    fi
    sleep 0.1
  done
  rm -f "$home/pid"
}

# command WORD: what all brokers can be told.
command_of() {
  case ${1:-} in
    start) begin ;;
    status) answers ;;
    kill) end KILL ;;
    stop)
      end TERM
      rm -rf "$home"
      ;;
    *)
      say "start, status, kill or stop"
      exit 2
      ;;
  esac
}
