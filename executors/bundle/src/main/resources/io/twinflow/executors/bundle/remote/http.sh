# ---- Speaking HTTP -------------------------------------------------------------------------------------------
# What is asked for goes by a file or a pipe: other users of a machine see arguments.

find_client() {
  client=${TWINFLOW_HTTP:-}
  [ -z "$client" ] || return 0
  if command -v curl >/dev/null 2>&1; then
    client=curl
    return 0
  fi
  command -v wget >/dev/null 2>&1 || refuse "this image has neither curl nor wget, which inputs are fetched and \
outputs are sent with; use one that has curl, GNU wget or busybox"
  case $(wget --help 2>&1) in
    *--body-file*) client=wget ;;
    *--post-file*) client=busybox ;;
    *) refuse "wget of this image can neither put nor post files, which outputs are sent with; use an image that has \
curl, GNU wget 1.15 or busybox 1.33, or a later one" ;;
  esac
}

# http get URL FILE | put URL FILE | post URL FILE ANSWER [TYPE]: sets `status`, 000 if there was no whole answer.
http() {
  : >"$desk/trouble"
  "by_$client" "$@"
  case $status in
    2??) trouble='' ;;
    *) trouble="status $status $(sed -n '/[^ ]/p' "$desk/trouble" | tail -n 1)" ;;
  esac
}

by_curl() {
  url_asked=$2
  case $1 in
    get) set -- -o "$3" ;;
    put) set -- -T "$3" -o "$desk/said" ;;
    post) set -- --data-binary "@$3" -H "Content-Type: ${5:-text/plain}" -o "$4" ;;
  esac
  status=$(printf 'url = "%s"\n' "$url_asked" | curl -q -s -S -g -K - -w '%{http_code}' --connect-timeout 20 \
    --speed-limit 1 --speed-time 120 -H 'Expect:' "$@" 2>"$desk/trouble") || status=000
}

# What the server said last.
status_of() { sed -n 's|^.*HTTP/[0-9.]* \([0-9][0-9][0-9]\).*$|\1|p' "$desk/trouble" | tail -n 1; }

by_wget() {
  url_asked=$2
  case $1 in
    get) set -- -O "$3" ;;
    put) set -- --method=PUT --body-file="$3" --header='Content-Type: application/octet-stream' -O "$desk/said" ;;
    post) set -- --method=POST --body-file="$3" --header="Content-Type: ${5:-text/plain}" -O "$4" ;;
  esac
  printf '%s\n' "$url_asked" |
    wget -nv -S --content-on-error --tries=1 --connect-timeout=20 --read-timeout=120 --no-hsts -i - "$@" \
      2>"$desk/trouble"
  case $? in
    0 | 8) status=$(status_of) ;;
    *) status=000 ;;
  esac
}

# It can neither put nor be told what to do but by arguments.
by_busybox() {
  url_asked=$2
  case $1 in
    get) set -- -O "$3" ;;
    post) set -- --post-file "$3" --header "Content-Type: ${5:-text/plain}" -O "$4" ;;
  esac
  if wget -S -T 120 "$@" "$url_asked" 2>"$desk/trouble"; then
    status=$(status_of)
  else
    status=$(status_of)
    case $status in [345]??) ;; *) status=000 ;; esac
  fi
}

# ticket "WORD ARGUMENTS" [FILE_OF_NAMES]: asks the engine; the answer is in $desk/answer.
ticket() {
  {
    printf '%s\n%s\n' "$TWINFLOW_TOKEN" "$1"
    [ -z "${2:-}" ] || cat "$2"
  } >"$desk/question"
  http post "$TWINFLOW_TICKET" "$desk/question" "$desk/answer"
  case $status in
    200) return 0 ;;
    410)
      # It was released, or given up, or has a record already.
      : >"$here/over"
      verdict=over
      ;;
    *) trouble="the engine did not give a ticket: $trouble" ;;
  esac
  return 1
}
