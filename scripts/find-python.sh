#!/bin/sh
# Print the path of a Python that graphkit runs on: CPython 3.12 or newer, with venv and pip.
#
# $PYTHON is taken at its word. Otherwise each candidate is run and asked, since the name alone says
# nothing: pyenv puts a `python3.12` on the PATH that fails where another version is selected.

suits() {
    "$1" -c '
import ensurepip, sys, sysconfig, venv
suits = sys.version_info >= (3, 12) and sys.implementation.name == "cpython"
sys.exit(not suits or bool(sysconfig.get_config_var("Py_GIL_DISABLED")))
' >/dev/null 2>&1
}

found() {
    "$1" -c 'import sys; print(sys.executable)' # the program itself, not a shim that depends on the folder
    exit 0
}

if [ -n "${PYTHON:-}" ]; then
    suits "$PYTHON" && found "$PYTHON"
    echo "PYTHON=$PYTHON is no Python 3.12 or newer with the modules venv and ensurepip." >&2
    exit 1
fi

pyenv_root=${PYENV_ROOT:-$HOME/.pyenv}
for python in python3.12 python3 python3.13 python3.14 python \
    "$pyenv_root"/versions/3.1[2-9]*/bin/python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[2-9]*/bin/python3; do
    suits "$python" && found "$python"
done

cat >&2 <<'MESSAGE'
graphkit needs Python 3.12 or newer, and none was found. Install one, then run make again:
  Debian 13, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv
  Fedora:                            sudo dnf install python3.12
  macOS:                             brew install python@3.12
  pyenv:                             pyenv install 3.12
If you have one in another place, name it:  make PYTHON=/path/to/python3.12
MESSAGE
exit 1
