"""What each demo shows in many states is what is stored: each line of a picture, each number.

Pictures are kept by their digests in drawn.json, drawn into boxes of one size, as letters of the
machine's fonts would change them. After a change that is meant, look at the demos, and store what
they show now: STORE=1 make test TEST_FLAGS=tests/slow/test_demos_drawn.py
"""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from tests.slow.demo_pages import opened, window

FILE = Path(__file__).with_name("drawn.json")
STORED = json.loads(FILE.read_text(encoding="utf-8"))  # of each demo its states, of each its parts

# Its panels, each 300 pixels wide, with all that is drawn there; and the HTML of the rest.
SHOWN = """async demo => {
  const frame = () => new Promise(requestAnimationFrame), panels = demo.querySelectorAll(".panel");
  for (const panel of panels) panel.style.cssText = "font-size: 14px; width: 300px; height: 240px";
  for (let k = 0; k < 4; k++) await frame();
  const parts = {};
  for (const panel of panels) {
    parts[panel.className] = panel.outerHTML.replace(/-?\\d+\\.\\d+/g, (n) => (+n).toFixed(1));
    const image = panel.querySelector("canvas")?.getContext("2d").getImageData(0, 0, 96, 96).data;
    for (let k = 0; image && k < image.length; k += 4) {
      parts[panel.className] += image[k] > image[k + 2] ? image[k + 3] : -image[k + 3];
    }
  }
  for (const part of demo.querySelectorAll(".why, .side, .tables")) {
    const inputs = [...part.querySelectorAll("input, textarea")].map(n => [n.value, n.checked]);
    parts[part.className] = part.outerHTML.replace(/href="[^"#]*\\//g, "") + inputs;
  }
  return parts;
}"""


@pytest.mark.parametrize("name", STORED)
def test_each_demo_shows_what_is_stored(chromium, file, name):
    found = {}
    with window(chromium, offline=True) as page:
        page.add_init_script("try { localStorage.clear(); } catch {}")
        for state in STORED[name]:
            demo = opened(page, file, name, state)
            demo.demo.locator(".why:not(:has-text('rates trained'))").wait_for(state="attached")
            parts = demo.demo.evaluate(SHOWN)
            found[state] = {k: sha256(text.encode()).hexdigest()[:12] for k, text in parts.items()}
    if os.environ.get("STORE"):
        stored = json.loads(FILE.read_text(encoding="utf-8")) | {name: found}
        FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    else:
        assert found == STORED[name]
