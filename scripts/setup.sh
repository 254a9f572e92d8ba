#!/bin/sh
# Finds a Python that is new enough, and has it make or mend .venv (environment.py says how).
#
#   sh scripts/setup.sh run|dev|bench  run: what Recto needs; dev: the tests and checks too; bench: what it is set beside
#
# PYTHON names the interpreter to use; without it, the one that made .venv is kept for as long as it works.
# Only the shell's own commands are used before a Python is found. All words go to standard error.

set -u
want=$1
case $0 in
*/*) cd -- "${0%/*}/.." || exit 1 ;;
*) cd .. || exit 1 ;;
esac

# The usual case: nothing to do. The environment itself can tell, faster than a Python can be looked for.
if [ -z "${PYTHON:-}" ] && [ -x .venv/bin/python ] &&
    .venv/bin/python -I -S scripts/environment.py --check "$want" 2>/dev/null; then
    exit 0
fi

# Prints the version; ends with 10 if it is too old, with 11 if it cannot make a virtual environment.
# Written so that any Python can run it. ensurepip is imported, because Debian has venv without it.
probe='
import sys
sys.stdout.write("%d.%d" % tuple(sys.version_info[:2]))
if tuple(sys.version_info[:2]) < (3, 11):
    sys.exit(10)
try:
    import ensurepip, venv
except ImportError:
    sys.exit(11)
'

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.13 python3.12 python3.11
fi
looked=
lacks_venv=
for candidate; do
    version=$("$candidate" -c "$probe" 2>/dev/null)
    case $? in
    0) exec "$candidate" -I scripts/environment.py "$want" ;;
    10) found="is Python $version" ;;
    11) found="is Python $version without its venv module" lacks_venv=${lacks_venv:-$version} ;;
    *) if command -v "$candidate" >/dev/null; then found="does not run"; else found="is not there"; fi ;;
    esac
    looked="$looked
  $candidate $found"
done

say() { printf '%s\n' "$@" >&2; }
if [ -n "$lacks_venv" ]; then
    say "Recto sets up an environment of its own, and Python's venv module for that is missing here.$looked" \
        "Install it, then run the same command again:" \
        "  Debian, Ubuntu    sudo apt install python$lacks_venv-venv     (or python3-venv)" \
        "  other systems     the package that holds venv and ensurepip for Python $lacks_venv"
else
    say "Recto needs Python 3.11 or newer, and none was found.$looked" \
        "Install one, then run the same command again:" \
        "  Debian, Ubuntu    sudo apt install python3 python3-venv       (Debian 12, Ubuntu 24.04, or newer)" \
        "  Fedora, RHEL      sudo dnf install python3.12" \
        "  macOS             brew install python@3.13" \
        "One that has another name, or lies in a folder of yours:  make run PYTHON=/path/to/python3"
fi
exit 1
