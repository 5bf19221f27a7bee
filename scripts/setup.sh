#!/bin/sh
# Make the virtual environment and install the package with its checks, all at pinned versions.
set -eu
python=$1
venv=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Dragoman needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
fi
if ! "$python" -m venv "$venv"; then
    # Debian splits venv off; as root it can be had, otherwise say how.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -q && apt-get install -qy python3-venv
        "$python" -m venv --clear "$venv"
    else
        echo "python3 has no venv; install it with: apt-get install python3-venv" >&2
        exit 1
    fi
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
# The tests of the pages run in a real browser where one may be installed; elsewhere they say so and skip.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium >/dev/null; then
    { apt-get update -q && apt-get install -qy --no-install-recommends chromium chromium-driver; } \
        >/dev/null 2>&1 || echo "Chromium could not be installed: the tests that need it will skip." >&2
fi
