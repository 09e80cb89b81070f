#!/usr/bin/env bash
# Makes .venv with what LEVEL needs. Does nothing when that was done before and nothing changed since.
#
#   deploy/setup.sh run      what the studio needs to run
#   deploy/setup.sh dev      that, and the linters, the tests and a browser for them
#   deploy/setup.sh proof    that, and the recognisers that listen to finished clips
#
# What is missing from the system is installed where this user may (root, or sudo without a password);
# otherwise the one line to paste is printed. PYTHON=/path/to/python chooses the interpreter.
set -euo pipefail
cd -P "$(dirname "$0")/.."

level=${1:-run}
case $level in
run) levels=(run) extras="" does="run" ;;
dev) levels=(run dev) extras="[dev]" does="test" ;;
proof) levels=(run dev proof) extras="[dev,proof]" does="prove" ;;
*) echo "usage: deploy/setup.sh run|dev|proof" >&2 && exit 2 ;;
esac

main() {
    if [[ $(cat ".venv/.ready-$level" 2>/dev/null) != "$(fingerprint)" ]]; then
        make_environment
        install_packages
        need_drawing_libraries
        want_weights
        for done in "${levels[@]}"; do fingerprint >".venv/.ready-$done"; done
    fi
    [[ $level == run ]] || { want_browser && want_servers; }
}

# What an environment follows from: were it made again, would it be the same?
fingerprint() {
    echo "$PWD $(cat pyproject.toml constraints.txt config/weights.toml | cksum)"
}

make_environment() {
    if usable .venv/bin/python && [[ $(.venv/bin/pip --version 2>/dev/null) == *"$PWD/.venv/"* ]]; then
        return
    fi # else it is absent, half made, moved here from elsewhere, or of a Python that is gone
    local python
    python=$(find_python)
    if ! "$python" -c "import ensurepip" 2>/dev/null; then
        install_system "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" || exit 1
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
}

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null && usable "$name"; then
            command -v "$name" && return
        fi
    done
    echo "Dailies needs Python 3.11, 3.12 or 3.13, and none of these is one: ${PYTHON:-python3 ($(python3 --version 2>/dev/null || echo absent))}." >&2
    echo "Install one, or say where it is:  PYTHON=/path/to/python3.12 make setup" >&2
    exit 1
}

usable() {
    "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))" 2>/dev/null
}

install_packages() {
    echo "Installing what it takes to $does (the first time some minutes, later seconds)"
    .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check \
        --editable ".$extras" --constraint constraints.txt
}

# skia-python links against these even where nothing is drawn on a screen.
need_drawing_libraries() {
    .venv/bin/python -c "import skia" 2>/dev/null || install_system libegl1 libgl1 libexpat1 || exit 1
    .venv/bin/python -c "import skia"
}

# A few megabytes that look at the lips of every clip. Without them a clip is made all the same, and says so.
want_weights() {
    .venv/bin/python -m producer.weights compositor 2>/dev/null ||
        echo "The lip-sync check's weights could not be fetched. Later:  python run.py pull compositor"
}

want_browser() {
    has_browser && return 0
    if command -v apt-get >/dev/null; then
        install_system chromium && has_browser && return
    else
        echo "Please paste this, then try again:  .venv/bin/python -m playwright install chromium"
    fi
    echo "Until there is a browser, its tests are skipped, and say so."
}

has_browser() {
    .venv/bin/python -c "import sys; from tests.support.browser import find_browser; sys.exit(not find_browser())"
}

# A Redis that speaks TLS (the tools bring it, without starting a service), and what makes certificates and namespaces.
want_servers() {
    local missing=()
    command -v redis-server >/dev/null || command -v redis-check-rdb >/dev/null || missing+=(redis-tools)
    command -v openssl >/dev/null || missing+=(openssl)
    command -v ip >/dev/null || missing+=(iproute2)
    ((${#missing[@]})) || return 0
    { command -v apt-get >/dev/null && install_system "${missing[@]}"; } ||
        echo "Until there is ${missing[*]}, the tests of workers on other machines are skipped, and say so."
}

# Install packages of Debian or Ubuntu, or say how to.
install_system() {
    local root=()
    ((EUID == 0)) || root=(sudo -n)
    if ! command -v apt-get >/dev/null; then
        echo "Something is missing that on Debian is called: $*. Install it the way your system does." >&2
        return 1
    fi
    if ((EUID)) && ! sudo -n true 2>/dev/null; then
        echo "Please paste this, then try again:  sudo apt-get install -y $*" >&2
        return 1
    fi
    echo "Installing $*"
    apt_install "$@" 2>/dev/null || { "${root[@]}" apt-get update -qq && apt_install "$@"; }
}

apt_install() {
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

main
