#!/bin/sh
# Builds the private .venv from a lock file. Usage: scripts/setup.sh run|dev
# A bare machine needs python3 (3.11 or newer) with venv, and git. uv is used where it is present: faster, same lock.
# Every package is checked against its hash; the project itself is linked, not built, so nothing unlocked is fetched.
set -eu
cd "$(dirname "$0")/.."
case "${1:-run}" in
  run) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: scripts/setup.sh run|dev" >&2; exit 2 ;;
esac

sum() { cksum "$1" | cut -d' ' -f1,2 | tr ' ' -; }
# The development set contains the running set: with it in place there is nothing to do for either.
stamp=.venv/.installed
want="$lock $(sum "$lock")"
have=$(cat "$stamp" 2>/dev/null || true)
if [ -x .venv/bin/python ]; then
  case "$have" in "$want" | "requirements-dev.lock $(sum requirements-dev.lock)") exit 0 ;; esac
fi

python=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
     "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and none was found; on Debian or Ubuntu: apt-get install python3 python3-venv" >&2
  exit 1
fi

if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv --quiet --python "$("$python" -c 'import sys; print(sys.executable)')" .venv
  uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
else
  if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
      echo "This Python lacks venv; on Debian or Ubuntu: apt-get install python3-venv (or install uv), then run make again" >&2
      exit 1
    fi
    "$python" -m venv .venv
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi

site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$(pwd)/src" > "$site/nuanxin-source.pth"
if [ ! -x .venv/bin/nuanxin ]; then
  printf '#!%s\nfrom nuanxin.__main__ import main\n\nmain()\n' "$(pwd)/.venv/bin/python" > .venv/bin/nuanxin
  chmod 755 .venv/bin/nuanxin
fi
echo "$want" > "$stamp"
