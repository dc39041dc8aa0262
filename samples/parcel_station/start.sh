#!/bin/sh
set -e

run() {
  exec python -m "station.$1"
}

case "$1" in
  desk) run desk ;;
  labels | printer) run labels ;;
  courier)
    shift
    run courier "$@"
    ;;
  *) echo "start.sh: desk, labels or courier" >&2; exit 1 ;;
esac
