"""The server's REST interface. Tokens are read from files and go into headers: no list of processes shows them."""
from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request

from place import stop

# The server is on this machine: what the environment says of proxies is not for it.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PAGE = 1000


class Refused(Exception):
    """What the server answered, if it was no success."""

    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


class Api:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def call(self, method, path, body=None, content_type="application/json"):
        """The answer, read from its JSON; None if it has no body."""
        data = json.dumps(body).encode() if content_type == "application/json" and body is not None else body
        request = urllib.request.Request(self.url + path, data, method=method)
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        if data is not None:
            request.add_header("Content-Type", content_type)
        try:
            with OPENER.open(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as e:
            raise Refused(e.code, reason(e.read()) or str(e)) from None
        return json.loads(text) if text else None

    def get(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        return self.call("GET", f"/api/v1/{path}" + ("?" + query if query else ""))

    def post(self, path, body=None):
        return self.call("POST", "/api/v1/" + path, {} if body is None else body)

    def all(self, path, of, **parameters):
        """The entries of all pages of a list."""
        page = self.get(path, limit=PAGE, **parameters)
        found = page[of]
        while page.get("next"):
            page = self.call("GET", page["next"])
            found += page[of]
        return found


def reason(body):
    """What a problem document says, in one line."""
    try:
        problem = json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace").strip()
    more = [str(e.get("message") or e.get("detail") or e) for e in problem.get("errors", []) if isinstance(e, dict)]
    return "; ".join([str(problem.get("detail") or problem.get("title"))] + more)


def reached(place, settings, who):
    """The interface for one of the tokens; ends the command if the server does not answer."""
    api = Api(settings["url"], place.token(who))
    try:
        api.get("sources")
    except urllib.error.URLError as e:
        stop(f"nobody answers at {settings['url']} ({e.reason}): type ./start in another terminal")
    return api
