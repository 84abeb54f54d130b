#!/bin/sh
# Make a virtual environment and install clearway in it.
#
#   tools/environment.sh FOLDER PIP-ARGUMENT...
#   tools/environment.sh .venv --editable '.[dev]'
#
# PYTHON names the interpreter to use; otherwise the first of python3.13, python3.12,
# python3.11 and python3 that runs and is at least 3.11. An environment that is there
# already is kept and only brought up to date.
set -eu

folder=$1
shift

say() { printf '%s\n' "environment: $*" >&2; }

new_enough() {
    # A name on PATH may be a shim without an interpreter behind it, so it is run.
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    if [ -n "${PYTHON:-}" ]; then
        say "$PYTHON is not a Python 3.11 or newer that runs."
    else
        say "no Python 3.11 or newer was found (looked for python3.13, python3.12," \
            "python3.11, python3). Install one from https://www.python.org or your" \
            "system's packages, or name yours: make PYTHON=/path/to/python3 demo"
    fi
    return 1
}

make_folder() {
    python=$(find_python)
    say "making $folder with $("$python" --version 2>&1)"
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$python" -m venv "$folder"
        return
    fi
    # Debian and Ubuntu ship Python without ensurepip; pip or uv can stand in for it.
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --seed --python "$python" "$folder"
        return
    fi
    if "$python" -m pip --version >/dev/null 2>&1 &&
        "$python" -m venv --without-pip "$folder" >/dev/null 2>&1 &&
        "$python" -m pip --python "$folder/bin/python" install --quiet pip; then
        return
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    rm -rf "$folder"
    say "$python cannot make virtual environments because its ensurepip module is" \
        "missing. Install it (Debian, Ubuntu: sudo apt install python$version-venv)" \
        "or install uv (https://docs.astral.sh/uv), then run this again."
    return 1
}

if ! new_enough "$folder/bin/python"; then
    rm -rf "$folder"
    make_folder
fi
say "installing clearway in $folder (pip install $*)"
exec "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
