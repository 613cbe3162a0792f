"""Open the JupyterLab that already runs in this folder; without one, fail.

Servers are found by the files in which they say where they run: jupyter_server, which would list
them, takes seconds to import.
"""

import json
import sys
import webbrowser
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir
from psutil import pid_exists

HERE = Path.cwd().resolve()
for told in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
    try:
        server = json.loads(told.read_text(encoding="utf-8"))
    except json.JSONDecodeError:  # only just begun, or left behind by a full disk
        continue
    if Path(server["root_dir"]).resolve() == HERE and pid_exists(server["pid"]):
        address = f"{server['url']}lab/tree/{sys.argv[1]}?token={server['token']}"
        print(f"JupyterLab runs already: {address}")
        if "--no-browser" not in sys.argv:
            webbrowser.open(address)
        sys.exit()
sys.exit(1)
