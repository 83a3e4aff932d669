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

# What a put depends on, as a header; empty for nothing.
condition=''

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
    get) set -- -L --max-redirs 10 -o "$3" ;;
    put) set -- -T "$3" -o "$desk/said" -D "$desk/headers" ${condition:+-H "$condition"} ;;
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
    put)
      set -- --method=PUT --body-file="$3" --header='Content-Type: application/octet-stream' -O "$desk/said" \
        ${condition:+--header="$condition"}
      ;;
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

# Its wget cannot put, posts only what holds no zero byte, is told what to do by arguments, and may know no -T.
by_busybox() {
  if [ "$1" = put ]; then
    put_by_nc "$2" "$3"
    return
  fi
  url_asked=$2
  case $1 in
    get) set -- -O "$3" ;;
    post) set -- --post-file "$3" --header "Content-Type: ${5:-text/plain}" -O "$4" ;;
  esac
  if timeout "$patience" wget -S "$@" "$url_asked" 2>"$desk/trouble"; then
    status=$(status_of)
  else
    status=$(status_of)
    case $status in [345]??) ;; *) status=000 ;; esac
  fi
}

put_by_nc() {
  case $1 in
    http://*) rest=${1#http://} ;;
    *)
      status=000 verdict=cannot
      printf '%s\n' "the busybox of this image cannot put files by https; use an image that has curl or GNU wget" \
        >"$desk/trouble"
      return 0
      ;;
  esac
  host=${rest%%/*} port=80
  case $host in *:*) port=${host##*:} ;; esac
  rm -f "$desk/answered"
  : >"$desk/headers"
  {
    printf 'PUT /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n' "${rest#*/}" "$host"
    printf 'Content-Length: %s\r\n%s\r\n' "$(stat -c %s "$2")" "${condition:+$condition$return$newline}"
    cat "$2"
    # Many a server gives up who closes his side before the answer.
    until [ -s "$desk/headers" ] || [ -e "$desk/answered" ]; do sleep 0.1 2>/dev/null || sleep 1; done
  } | {
    timeout "$patience" nc "${host%:*}" "$port" >"$desk/headers" 2>"$desk/trouble"
    : >"$desk/answered"
  }
  status=$(sed -n '1s|^HTTP/[0-9.]* \([0-9][0-9][0-9]\).*$|\1|p' "$desk/headers")
  status=${status:-000}
}

# count_refusal: a store that is asked again and again may take it after all; one that is full, or says that it is too
# large, does not. `trouble` has its word for it.
count_refusal() {
  case $status in
    408 | 425 | 429) return 0 ;;
    4?? | 507) ;;
    *) return 0 ;;
  esac
  said=$(sed -n 's/.*<Code>\([^<]*\)<.*/\1/p' "$desk/said" "$desk/headers" 2>/dev/null | head -n 1)
  trouble="$trouble $said" most=24
  case $status-$said in
    413-* | 507-* | *-*Quota* | *-*TooLarge*) most=2 ;;
  esac
  refusals=$((refusals + 1))
  [ "$refusals" -lt "$most" ] || verdict=refused
}

# etag: what the store calls what was put last.
etag() {
  headers=$desk/headers
  [ "$client" != wget ] || headers=$desk/trouble
  tr -d '\r' <"$headers" | sed -n 's/^ *[Ee][Tt][Aa][Gg]: *//p' | tail -n 1
}

# ticket "WORD ARGUMENTS" [FILE_OF_NAMES]: asks the engine; the answer is in $desk/answer.
ticket() {
  {
    printf '%s\n%s\n' "$TWINFLOW_TOKEN" "$1"
    [ -z "${2:-}" ] || cat "$2"
  } >"$desk/question"
  : >"$desk/answer"
  http post "$TWINFLOW_TICKET" "$desk/question" "$desk/answer"
  case $status in
    200) return 0 ;;
    410)
      # It was released, or given up, or has a record already.
      : >"$here/over"
      verdict=over
      ;;
    *) trouble="the engine did not give a ticket: $trouble $(sed -n 1p "$desk/answer" 2>/dev/null)" ;;
  esac
  return 1
}
