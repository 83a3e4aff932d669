#!/bin/sh
# The entry point of the stand-in for bash:4.4: options, or nothing, are meant for bash.
case ${1:--} in
  -*) exec bash "$@" ;;
  *) exec "$@" ;;
esac
