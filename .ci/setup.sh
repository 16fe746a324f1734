#!/bin/sh
# Make .venv as uv.lock says. Uses the uv on PATH if it is recent enough, and brings one into .tools otherwise.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
# The lock file's format; older ones refuse it or write it anew.
UV_AT_LEAST="0 8"

# A distribution's own interpreter comes first: it is built with optimisations that self-built ones often lack, and every
# command starts two to three times faster with it.
suits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}
find_python() {
    for candidate in /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11 /usr/bin/python3 \
        python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 && suits "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}
if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" || { echo "PYTHON=$PYTHON is not Python 3.11, 3.12 or 3.13 with venv and ensurepip." >&2; exit 1; }
    python=$(command -v "$PYTHON")
else
    python=$(find_python) || {
        echo "No Python 3.11, 3.12 or 3.13 (with venv) was found. Install one, on Debian and Ubuntu: apt install python3 python3-venv" >&2
        echo "or name one: make setup PYTHON=/path/to/python3.12" >&2
        exit 1
    }
fi

recent() {
    "$1" --version 2>/dev/null | "$python" -c '
import re, sys
found = re.search(r"(\d+)\.(\d+)", sys.stdin.read())
sys.exit(not (found and [int(part) for part in found.groups()] >= [int(part) for part in sys.argv[1].split()]))' "$UV_AT_LEAST"
}
if command -v uv >/dev/null 2>&1 && recent uv; then
    uv=uv
else
    uv=.tools/bin/uv
    if ! recent "$uv"; then
        echo "Bringing uv $UV_VERSION into .tools ..." >&2
        rm -rf .tools
        "$python" -m venv .tools
        .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
    fi
fi

# An environment does not survive being moved, nor the loss of its interpreter.
if [ -d .venv ]; then
    here=$(pwd -P)
    if ! .venv/bin/python -c pass >/dev/null 2>&1 || ! head -n 1 .venv/bin/bilateral 2>/dev/null | grep -qF "$here/.venv/"; then
        [ ! -e .venv/.ready ] || { echo "Making .venv anew: it belongs to another folder or interpreter." >&2; rm -rf .venv; }
    fi
fi

echo "Making the environment in .venv with $python ..." >&2
# Compiled now, so that the first command does not take a minute for it; nothing that was added by hand is removed.
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv VIRTUAL_ENV='' "$uv" sync --quiet --frozen --inexact --compile-bytecode --python "$python"
printf '%s\n' "$(pwd)" >.venv/.ready
