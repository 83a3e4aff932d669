# ---- What it has made ----------------------------------------------------------------------------------------
# collect PATTERN notes in $desk/found what a pattern of the order matches in the working folder, with all that is
# in it: a line for each, `d PATH` a folder, `f PATH` a file, `l PATH` a link, `o PATH` anything else.

note() {
  escape "$2"
  printf '%s %s\n' "$1" "$escaped" >&5
}

walk() {
  if [ -L "$out/$1" ]; then
    follow "$1"
  elif [ -d "$out/$1" ]; then
    [ "$1" = . ] || note d "$1"
    walk_folder "$1"
  elif [ -f "$out/$1" ]; then
    note f "$1"
  elif [ -e "$out/$1" ]; then
    note o "$1"
  fi
}

walk_folder() {
  for child in "$out/$1"/* "$out/$1"/.[!.]* "$out/$1"/..?*; do
    if [ -e "$child" ] || [ -L "$child" ]; then
      child=${child#"$out"/}
      walk "${child#./}"
    fi
  done
}

# follow LINK: what it leads to is an output, too, if it lies in the working folder.
follow() {
  note l "$1"
  real=$(readlink -f "$out/$1" && printf .) || return 0
  real=${real%"$newline".}
  case $real in
    "$real_out"/*)
      real=${real#"$real_out"/}
      escape "$real"
      if ! grep -q -x -F -e "$escaped" "$desk/followed"; then
        printf '%s\n' "$escaped" >>"$desk/followed"
        walk "$real"
      fi
      ;;
  esac
}

# reach PATH: walks it, unless a link stands on the way, which is followed instead.
reach() {
  way='' rest=$1
  while :; do
    case $rest in
      */*) way=$way${rest%%/*} rest=${rest#*/} ;;
      *) break ;;
    esac
    if [ -L "$out/$way" ]; then
      follow "$way"
      return 0
    fi
    way=$way/
  done
  walk "$1"
}

collect() {
  pattern=$1
  case $pattern in
    "$out") pattern=. ;;
    "$out"/*) pattern=${pattern#"$out"/} ;;
    /* | ../* | */../* | */.. | ..) return 0 ;;
  esac
  while :; do
    case $pattern in
      ./?*) pattern=${pattern#./} ;;
      */) pattern=${pattern%/} ;;
      *) break ;;
    esac
  done
  case $pattern in
    . | '') walk . ;;
    *)
      # shellcheck disable=SC2086 # a pattern
      (
        cd "$out" || exit
        IFS=''
        for match in $pattern; do
          if [ -e "$match" ] || [ -L "$match" ]; then reach "$match"; fi
        done
      )
      ;;
  esac
}

collect_all() {
  real_out=$(cd -P "$out" && pwd -P)
  : >"$desk/followed"
  exec 5>"$desk/found"
  collects
  exec 5>&-
  sort -u "$desk/found" >"$desk/found.sorted"
}
