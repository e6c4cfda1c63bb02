#!/usr/bin/env bash
# Builds the MongoDB for tests once (a few minutes, kept in the home folder), and runs it:
#   run.sh build              builds it, if it is not there yet
#   run.sh ADDRESS FOLDER     runs it in the foreground, its data in FOLDER
# For example: server/ferretdb/run.sh 127.0.0.1:27017 /tmp/mongo
#              MONGO_TEST_URL=mongodb://127.0.0.1:27017/test npm test
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mark=$(cat "$here/main.go" "$here/go.sum" | sha256sum | cut -c1-12)
program="${XDG_CACHE_HOME:-$HOME/.cache}/energy-desk/ferretdb-$mark"

if [ ! -x "$program" ]; then
  command -v go > /dev/null || { echo 'Go is not there: install it to build FerretDB.' >&2; exit 1; }
  echo "Building FerretDB into $program …" >&2
  mkdir -p "$(dirname "$program")"
  (cd "$here" && go build -o "$program.$$" . && mv "$program.$$" "$program")
fi
[ "${1:-}" = build ] && exit 0
mkdir -p "$2"
exec "$program" "$1" "$2"
