"""counts.py FOLDER: what the server in a folder has, one number a line, so that a second start can be held against the first."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))
sys.dont_write_bytecode = True

from api import reached  # noqa: E402
from place import Place, running  # noqa: E402

place = Place(sys.argv[1])
api = reached(place, running(place), "administrator")
for what in ("events", "firings", "runs", "workflows", "triggers", "tokens"):
    page = api.get(what) if what in ("triggers", "tokens") else {what: api.all(what, what)}
    print(what, len(page[what]))
print("version of the trigger", api.get("triggers/gauge-readings")["version"])
