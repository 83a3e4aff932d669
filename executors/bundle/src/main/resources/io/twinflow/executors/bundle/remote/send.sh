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
  if [ "$client" = busybox ]; then
    post_form
    return
  fi
  if [ -z "$url" ]; then ask_url || return 1; fi
  http put "$url" "$file"
  url=''
  case $status in 2??) ;; *) return 1 ;; esac
}

field() { printf -- '--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' "$boundary" "$1" "$2"; }

# For clients that cannot put: a form that the store takes for everything of this attempt.
post_form() {
  kind=files
  [ "$name" != record ] || kind=record
  form=$desk/form.$kind
  if [ ! -s "$form" ]; then
    ticket "form $kind" || return 1
    mv "$desk/answer" "$form"
  fi
  boundary=twinflow-$(nonce)
  {
    IFS= read -r url
    IFS= read -r full_name
    while read -r key value; do field "$key" "$value"; done
    if [ "$kind" = files ]; then
      unescape "$name"
      full_name=$full_name$plain
    fi
    field key "$full_name"
    printf -- '--%s\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n' "$boundary"
    printf 'Content-Type: application/octet-stream\r\n\r\n'
    cat "$file"
    printf '\r\n--%s--\r\n' "$boundary"
    printf '%s\n' "$url" >"$desk/form.url"
  } <"$form" >"$desk/body"
  IFS= read -r url <"$desk/form.url"
  http post "$url" "$desk/body" "$desk/said" "multipart/form-data; boundary=$boundary"
  rm -f "$desk/body"
  case $status in 2??) ;; *)
    rm -f "$form"
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
  [ "$status" = 200 ]
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
    part=1
    while [ "$part" -le "$count" ]; do
      dd if="$file" of="$desk/part" bs=1048576 skip=$(((part - 1) * mib)) count="$mib" 2>"$desk/trouble" || return 1
      url=''
      patiently put_part || return 1
      part=$((part + 1))
    done
    for finish in 1 2 3 4 5; do
      ! ticket "complete $upload $1" "$desk/name" || return 0
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
  if [ "$size" -le $((part_mib * 1048576)) ] && [ "$client" != busybox ]; then
    patiently put_once || return 1
  elif [ "$client" != busybox ]; then
    put_parts "$size" || return 1
  elif [ "$size" -le 5368709120 ]; then
    patiently put_once || return 1
  else
    too_large="output ${name#out/} has $size bytes, and the busybox of this image can send 5368709120 at most; use an \
image that has curl or GNU wget"
    return 1
  fi
  printf 'f=%s %s %s %s\n' "$size" "${sha1%% *}" "${sha256%% *}" "${name#out/}" >&6
}

# send_files: two hundred at a time.
send_files() {
  sed -n 's/^f /out\//p' "$desk/found.sorted" >"$desk/files"
  total=$(wc -l <"$desk/files") first=1
  while [ "$first" -le "$total" ]; do
    sed -n "$first,$((first + 199))p" "$desk/files" >"$desk/chunk"
    if [ "$client" = busybox ]; then
      sed 's/.*//' "$desk/chunk" >"$desk/urls"
    else
      patiently ticket put "$desk/chunk" || return 1
      mv "$desk/answer" "$desk/urls"
    fi
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
  too_large=''
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
      if ! send_outputs; then
        [ -n "$too_large" ] || return 1
        exec 6>"$desk/record"
        printf 'kind=USER\nreason=%s\n' "$too_large" >&6
        sed -e '1d' -e '$d' "$here/record" >&6
      fi
      ;;
  esac
  printf '(whole)\n' >&6
  exec 6>&-
  name=record file=$desk/record url=''
  patiently put_once
}

send_all() {
  [ ! -e "$here/over" ] || return 0
  ship_all || say "a log stays behind: $trouble"
  if send_record; then
    : >"$here/sent"
  elif [ "$verdict" = over ]; then
    return 0
  else
    say "the result could not be sent: $trouble"
    return 1
  fi
}
