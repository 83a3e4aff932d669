# shellcheck shell=sh disable=SC2034 # jdk_version is read by the caller
# What ./twinflow and ./verify share: finds a JDK 25 or newer, and sets the locale. The caller defines say. Nothing is started
# for it, because it is part of every start: a JDK's release file tells its version.

# is_jdk HOME: true for a JDK 25 or newer, read from its release file; sets jdk and jdk_version.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  feature=0 runtime=
  while IFS='=' read -r key value; do
    value=${value#\"} value=${value%\"}
    case $key in
      JAVA_VERSION) feature=${value%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION) runtime=$value ;;
    esac
  done <"$1/release"
  [ "${feature:-0}" -ge 25 ] || return 1
  jdk=$1 jdk_version=${runtime:-$feature}
}

# find_jdk [HOME]: the first of TWINFLOW_JAVA_HOME, JAVA_HOME, HOME, the PATH and the usual places; sets
# jdk and jdk_version, or ends with what to install.
find_jdk() {
  if [ -n "${TWINFLOW_JAVA_HOME:-}" ]; then
    is_jdk "$TWINFLOW_JAVA_HOME" && return
    say "TWINFLOW_JAVA_HOME is $TWINFLOW_JAVA_HOME, which is not a JDK 25 or newer: set it to one, or unset it."
    exit 1
  fi
  [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME" && return
  [ -n "${1:-}" ] && is_jdk "$1" && return
  java=$(command -v java || true)
  while [ -n "$java" ] && [ -h "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done
  [ -n "$java" ] && is_jdk "${java%/bin/java}" && return
  for jdk in /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* /usr/local/*; do
    is_jdk "$jdk" && return
  done
  if [ -x /usr/libexec/java_home ]; then
    jdk=$(/usr/libexec/java_home -v 25+ 2>/dev/null || true)
    [ -n "$jdk" ] && is_jdk "$jdk" && return
  fi
  say "needs a JDK 25 or newer and found none: install one (Linux: the package temurin-25-jdk or openjdk-25-jdk, macOS: brew install openjdk) or set TWINFLOW_JAVA_HOME to one."
  exit 1
}

# use_utf8: Java takes file names for UTF-8 only in a UTF-8 locale.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*) ;;
    *)
      [ -z "${LC_ALL:-}" ] || LC_ALL=C.UTF-8
      export LC_CTYPE=C.UTF-8
      ;;
  esac
}
