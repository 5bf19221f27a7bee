#!/bin/sh
# Build wheel and sdist, install each in a clean environment and code a report with it, with and without the extras.
# Publishing is left to the maintainer: the checked files are in dist/.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf dist
"$python" -m venv "$work/build"
"$work/build/bin/pip" install --quiet build twine
"$work/build/bin/python" -m build --outdir dist
"$work/build/bin/twine" check --strict dist/*
printf 'France accused Russia of spying on Monday. Russia denied it.\n' > "$work/report.txt"

check() {
    what=$1
    extras=$2
    "$python" -m venv "$work/try"
    "$work/try/bin/pip" install --quiet -c constraints.txt "$what$extras"
    events=$("$work/try/bin/dragoman" code "$work/report.txt" --format jsonl | grep -c ACCUSE)
    [ "$events" = 1 ] || { echo "$what$extras: the report was not coded" >&2; exit 1; }
    "$work/try/bin/dragoman" --version
    rm -rf "$work/try"
    echo "checked: $what$extras"
}

wheel=$(ls dist/*.whl)
sdist=$(ls dist/*.tar.gz)
check "$wheel" ""
check "$sdist" ""
for extra in web dask frames study all; do
    check "$wheel" "[$extra]"
done
echo "dist/ is ready"
