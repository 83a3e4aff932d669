# ---- What it needs -------------------------------------------------------------------------------------------
# The order, which the engine has written, says it in the words `fetch` and `write`, in the functions fetches()
# and texts(); what to bring back is in collects().

nonce() { printf '%s-%s-%s' "$(uname -n)" "$$" "$(od -An -N 8 -t x1 /dev/urandom | tr -d ' \n')"; }

# Exit code 1: somebody else has it, or it is over.
claim() {
  printf '%s\n' "$site_id" >"$desk/site"
  patiently ticket "claim $(nonce)" "$desk/site" || return 1
  read -r said <"$desk/answer"
  [ "$said" = won ]
}

# get_order: with a URL that is as fresh as can be.
get_order() {
  ticket order || return 1
  read -r url <"$desk/answer"
  http get "$url" "$here/order"
  [ "$status" = 200 ]
}

# ask_inputs: the URLs from the input `number` on.
ask_inputs() {
  ticket inputs || return 1
  tail -n "+$number" "$desk/answer" >"$desk/urls"
  exec 3<"$desk/urls"
  IFS= read -r url <&3
}

get_input() {
  if [ -z "$url" ]; then ask_inputs || return 1; fi
  http get "$url" "$target"
  case $status in
    200) return 0 ;;
    000) ! is_full || verdict=full ;;
    404 | 410) verdict=missing ;;
    408 | 425 | 429) ;;
    [34]??)
      # Its time is over, as a rule.
      refusals=$((refusals + 1))
      [ "$refusals" -lt 5 ] || verdict=refused
      ;;
  esac
  url=''
  return 1
}

# is_right SIZE SHA256: the file at $target.
is_right() {
  found="$(stat -c %s "$target") bytes"
  if [ "$1" -ge 0 ] && [ "$found" != "$1 bytes" ]; then return 1; fi
  [ "$2" != - ] || return 0
  sum=$(sha256sum <"$target")
  sum=${sum%% *}
  found="$found with sha256 $sum"
  [ "$sum" = "$2" ]
}

# fetch PATH SIZE SHA256 SOURCE: the next input.
fetch() {
  [ -z "$failed" ] || return 0
  number=$((number + 1))
  target=$here/$1 wrong=0
  mkdir -p "${target%/*}"
  if [ -n "$url_list" ]; then IFS= read -r url <&3; else url='' url_list=yes; fi
  while :; do
    if ! patiently get_input; then
      case $verdict in
        over) leave ;;
        full)
          rm -f "$target"
          fail RESOURCES "input $4 does not fit: the disk of $here is full; free some"
          ;;
        missing) fail USER "input $4 does not exist; was it moved or deleted?" ;;
        refused)
          case $4 in
            http*) fail USER "input $4 is refused to this site ($trouble); may anyone read it?" ;;
            *) fail INFRASTRUCTURE "input $4 is refused to this site ($trouble); do all clocks go right?" ;;
          esac
          ;;
        *) fail INFRASTRUCTURE "input $4 could not be fetched: $trouble" ;;
      esac
      return 0
    fi
    ! is_right "$2" "$3" || return 0
    wrong=$((wrong + 1))
    if [ "$wrong" -ge 3 ]; then
      fail USER "input $4 is not what it was: expected $2 bytes with sha256 $3, fetched $found; was it changed since?"
      return 0
    fi
    url=''
  done
}

# write NAME TEXT
write() {
  [ -z "$failed" ] || return 0
  mkdir -p "$here/texts"
  printf '%s' "$2" >"$here/$1" || fail RESOURCES "cannot write $here/$1: is the disk full?"
}

# leave: nothing is to be done here, or not any more. Who does all of it alone leaves nothing.
leave() {
  : >"$here/over"
  [ "$phase" != all ] || leave_nothing
  exit 0
}

get_ready() {
  claim || {
    [ -z "$verdict" ] || [ "$verdict" = over ] || fail INFRASTRUCTURE "the attempt could not be claimed: $trouble"
    [ -z "${spent_all:-}" ] || say "$trouble"
    leave
  }
  if ! patiently get_order; then
    [ "$verdict" != over ] || leave
    fail INFRASTRUCTURE "the order could not be fetched: $trouble"
    return 0
  fi
  number=0 url_list=''
  # shellcheck source=/dev/null
  . "$here/order"
  fetches
  texts
  [ -z "${TWINFLOW_GRACE:-}" ] || printf '%s\n' "$TWINFLOW_GRACE" >"$here/grace"
  write_bundle
}
