#!/bin/sh
# Write constraints-hashed.txt: what constraints.txt pins, with the hashes of its files, for every supported Python.
#
#   sh scripts/lock.sh [PYTHON]
#
# Install from it what no one can have changed on the way:
#   pip install --require-hashes -r constraints-hashed.txt && pip install --no-deps .
set -eu
python=${1:-python3}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
if command -v uv >/dev/null; then
    uv=uv
else
    "$python" -m pip install --quiet --disable-pip-version-check --target "$place/uv" uv
    uv="$place/uv/bin/uv"
fi
# From the public index alone, whatever this machine keeps for itself.
env -u PIP_FIND_LINKS UV_NO_CONFIG=1 UV_CACHE_DIR="$place/cache" "$uv" pip compile pyproject.toml --extra dev \
    --universal --python-version 3.11 --constraint constraints.txt --generate-hashes --no-header --quiet \
    --output-file "$place/hashed.txt"
{
    echo "# Made by scripts/lock.sh from pyproject.toml and constraints.txt, for Python 3.11 and newer."
    cat "$place/hashed.txt"
} >constraints-hashed.txt
echo "written: constraints-hashed.txt, $(grep -c '^[a-z0-9].*==' constraints-hashed.txt) packages"
