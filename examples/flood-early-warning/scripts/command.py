"""What the command scripts share: errors of one line, dates, JSON files."""
from __future__ import annotations

import json
import sys
from datetime import date


class InputError(Exception):
    """Bad input. The message is one line that names the file, the line and what was expected."""


def at(path, line, text):
    """An InputError for a place in a file."""
    return InputError(f"{path}:{line}: {text}")


def run(main):
    """Calls main(); bad input and unreadable files end in one line on stderr and exit code 1."""
    try:
        main()
    except InputError as e:
        fail(str(e))
    except OSError as e:
        fail(f"{e.filename or 'file'}: {e.strerror or e}")


def fail(message):
    print("error: " + message, file=sys.stderr)
    sys.exit(1)


def parse_day(text, what):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{what}: expected a date such as 2001-12-31, found '{text}'") from None


def read_json(path):
    with open(path, encoding="utf-8") as f:
        try:
            return json.load(f)
        except json.JSONDecodeError as e:
            raise at(path, e.lineno, f"not JSON: {e.msg}") from None


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(value, f, indent=1, ensure_ascii=False)
        f.write("\n")
