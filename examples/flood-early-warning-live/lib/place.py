"""Where the example keeps what it has: one folder, readable by its owner only."""
from __future__ import annotations

import json
import os
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = os.path.dirname(HERE)
TWINFLOW = os.environ.get("TWINFLOW", os.path.join(os.path.dirname(EXAMPLES), "twinflow"))
DEFAULT = os.path.join(os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state"), "twinflow-flood-live")


def stop(message):
    """Ends the command: one line for people, exit code 1."""
    print(f"{os.path.basename(sys.argv[0])}: {message}", file=sys.stderr)
    sys.exit(1)


class Place:
    """The folder and what lies where in it."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.incoming = self.path("incoming")
        self.data = self.path("data")
        self.tokens = self.path("tokens")
        self.log = self.path("server.log")
        self.warnings = self.path("warnings.jsonl")
        self.reminders = self.path("reminders.jsonl")

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self):
        try:
            for folder in (self.folder, self.incoming, self.data, self.tokens):
                os.makedirs(folder, mode=0o700, exist_ok=True)
        except OSError as e:
            stop(f"{e.filename}: {e.strerror}; name another folder with --folder")
        if os.stat(self.folder).st_uid != os.geteuid():
            stop(f"{self.folder} belongs to somebody else; name another folder with --folder")

    def settings(self):
        """What the last start was told; empty before the first one."""
        try:
            with open(self.path("live.json"), encoding="utf-8") as f:
                return json.load(f)
        except FileNotFoundError:
            return {}

    def keep(self, settings):
        write(self.path("live.json"), json.dumps(settings, indent=1) + "\n")

    def token(self, who):
        """Of `twin`, whose the trigger is, of `officer`, who decides, or of `administrator`."""
        path = os.path.join(self.data, "admin-token") if who == "administrator" else os.path.join(self.tokens, who)
        try:
            with open(path, encoding="ascii") as f:
                return f.read().strip()
        except FileNotFoundError:
            return None

    def keep_token(self, who, token):
        write(os.path.join(self.tokens, who), token + "\n")


def write(path, text):
    """The whole file or none of it, for its owner only."""
    new = path + ".new"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(new, path)


def lines(path):
    """The objects of a file with one a line; a line that is still being written does not count."""
    try:
        with open(path, encoding="utf-8") as f:
            return [json.loads(line) for line in f if line.endswith("\n")]
    except FileNotFoundError:
        return []


def running(place):
    """The settings of the server that runs there, or the end of the command."""
    settings = place.settings()
    if not settings:
        stop(f"nothing was ever started in {place.folder}: type ./start first, or name its folder with --folder")
    return settings
