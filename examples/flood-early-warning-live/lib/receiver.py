"""Takes the place of whatever tells people: writes each warning and each reminder into a file, once.

A server calls at least once, each time with the same Idempotency-Key. What was written counts after
a restart too.
"""
from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from place import lines

MOST = 1 << 20


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port, place, told):
        """told: called with what was heard ("warnings" or "reminders") and its values."""
        self.files = {"/warnings": place.warnings, "/reminders": place.reminders}
        self.told = told
        self.one_at_a_time = threading.Lock()
        self.known = {entry["key"] for path in self.files.values() for entry in lines(path)}
        super().__init__(("127.0.0.1", port), Handler)

    def take(self, path, key, body):
        with self.one_at_a_time:
            if key in self.known:
                return
            entry = json.dumps({"key": key, "run": body["run"], **body["values"]}, ensure_ascii=False)
            with open(os.open(self.files[path], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as f:
                f.write(entry + "\n")
                f.flush()
                os.fsync(f.fileno())
            self.known.add(key)
        self.told(path[1:], body["values"])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802, named by the library
        length = int(self.headers.get("Content-Length") or 0)
        key = self.headers.get("Idempotency-Key")
        if self.path not in self.server.files:
            return self.answer(404)
        if not key or not 0 < length <= MOST:
            return self.answer(400)
        try:
            body = json.loads(self.rfile.read(length))
            self.server.take(self.path, key, body)
        except (ValueError, KeyError, TypeError):
            return self.answer(400)
        except OSError:
            return self.answer(503)  # the disk may have room later, and the server calls again
        return self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """The files say what came."""
