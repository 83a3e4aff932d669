# ---- Sending -------------------------------------------------------------------------------------------------
# `name` is what is put (escaped: out/…, log/… or record), `file` its content, `url` where to, empty if that is
# still to be asked.

ask_url() {
  if [ "$name" = record ]; then
    ticket record || return 1
  else
    printf '%s\n' "$name" >"$desk/names"
    ticket put "$desk/names" || return 1
  fi
  IFS= read -r url <"$desk/answer"
}

put_once() {
  if [ -z "$url" ]; then ask_url || return 1; fi
  # The first record counts.
  [ "$name" != record ] || condition='If-None-Match: *'
  http put "$url" "$file"
  url='' condition=''
  case $status in
    2?? | 412) ;;
    *)
      count_refusal
      return 1
      ;;
  esac
}

# put_part: the part `part` of `file`.
put_part() {
  if [ -z "$url" ]; then
    ticket "parts $upload $part $part" "$desk/name" || return 1
    IFS= read -r url <"$desk/answer"
  fi
  http put "$url" "$desk/part"
  url=''
  count_refusal
  [ "$status" = 200 ] && tag=$(etag) && [ -n "$tag" ]
}

# put_parts SIZE: nothing of it is there before its end.
put_parts() {
  mib=$(($1 / 10485760000 + 1))
  [ "$mib" -gt "$part_mib" ] || mib=$part_mib
  count=$((($1 + mib * 1048576 - 1) / (mib * 1048576)))
  printf '%s\n' "$name" >"$desk/name"
  for again in 1 2 3; do
    patiently ticket begin "$desk/name" || return 1
    read -r upload <"$desk/answer"
    cp "$desk/name" "$desk/parts"
    part=1
    while [ "$part" -le "$count" ]; do
      dd if="$file" of="$desk/part" bs=1048576 skip=$(((part - 1) * mib)) count="$mib" 2>"$desk/trouble" || {
        verdict=full
        return 1
      }
      url=''
      patiently put_part || return 1
      printf '%s\n' "$tag" >>"$desk/parts"
      part=$((part + 1))
    done
    for finish in 1 2 3 4 5; do
      ! ticket "complete $upload $1" "$desk/parts" || return 0
      [ "$verdict" != over ] || return 1
      sleep $finish
    done
    say "the parts of $name were not accepted (try $again): $trouble"
  done
  return 1
}

# send_file: `name` and `url` are set; its line of the record goes to descriptor 6.
send_file() {
  unescape "${name#out/}"
  file=$out/$plain
  size=$(stat -c %s "$file") || return 1
  sha1=$(sha1sum <"$file") && sha256=$(sha256sum <"$file") || return 1
  if [ "$size" -le $((part_mib * 1048576)) ]; then
    patiently put_once || return 1
  else
    put_parts "$size" || return 1
  fi
  printf 'f=%s %s %s %s\n' "$size" "${sha1%% *}" "${sha256%% *}" "${name#out/}" >&6
}

# send_files: two hundred at a time.
send_files() {
  sed -n 's/^f /out\//p' "$desk/found.sorted" >"$desk/files"
  total=$(wc -l <"$desk/files") first=1
  while [ "$first" -le "$total" ]; do
    sed -n "$first,$((first + 199))p" "$desk/files" >"$desk/chunk"
    patiently ticket put "$desk/chunk" || return 1
    mv "$desk/answer" "$desk/urls"
    while IFS= read -r name <&3 && IFS= read -r url <&4; do
      send_file || return 1
    done 3<"$desk/chunk" 4<"$desk/urls"
    first=$((first + 200))
  done
}

# What is no file stands in the record alone.
tell_others() {
  while read -r kind path; do
    case $kind in
      d | o) printf '%s=%s\n' "$kind" "$path" >&6 ;;
      l)
        unescape "$path"
        target=$(readlink "$out/$plain" && printf .)
        printf 'l=%s\nto=%s\n' "$path" "$(line "${target%"$newline".}")" >&6
        ;;
    esac
  done <"$desk/found.sorted"
}

send_outputs() {
  collect_all
  tell_others
  send_files
}

# send_record: all is there, and now it counts.
send_record() {
  exec 6>"$desk/record"
  sed '$d' "$here/record" >&6
  case $(head -n 1 "$here/record") in
    code=*)
      # shellcheck source=/dev/null
      . "$here/order"
      out=$here/out
      send_outputs || return 1
      ;;
  esac
  printf '(whole)\n' >&6
  exec 6>&-
  if [ "$(tail -n 1 "$desk/record")" != '(whole)' ]; then
    verdict=full
    return 1
  fi
  name=record file=$desk/record url=''
  patiently put_once
}

# tell_refusal: what the tool has made cannot be kept, and that is how it ended.
tell_refusal() {
  kind=INFRASTRUCTURE
  case $trouble in
    'status 413'* | 'status 507'* | *Quota* | *TooLarge*) kind=RESOURCES ;;
  esac
  fail $kind "output ${name#out/} is refused by the store: $trouble"
  name=record file=$here/record url=''
  patiently put_once
}

# tell_full: there is no room to send it from. Whatever is left of a record there would say that all is well.
tell_full() {
  rm -rf "$here/tmp" "$desk/part" "$desk/record"
  fail RESOURCES "the outputs could not be sent: the disk of $here is full; free some"
  case $(head -n 1 "$here/record") in kind=*) ;; *) return 1 ;; esac
  name=record file=$here/record url=''
  patiently put_once
}

send_all() {
  [ ! -e "$here/over" ] || return 0
  ship_all || say "a log stays behind: $trouble"
  if send_record; then
    : >"$here/sent"
  elif [ "$verdict" = over ]; then
    return 0
  elif [ "$verdict" = full ] && tell_full; then
    : >"$here/sent"
  elif [ "$verdict" = refused ] && [ "$name" != record ] && tell_refusal; then
    : >"$here/sent"
  else
    say "the result could not be sent: $trouble"
    return 1
  fi
}
