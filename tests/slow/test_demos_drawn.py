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

from tests.slow.demo_pages import opened

FILE = Path(__file__).with_name("drawn.json")
STORED = json.loads(FILE.read_text(encoding="utf-8"))  # of each demo its states, of each its parts

# Its panels, large and small, with all that is drawn there; and the HTML of the rest.
SHOWN = """async demo => {
  const frame = () => new Promise(requestAnimationFrame), panels = demo.querySelectorAll(".panel");
  const parts = {all: [...demo.children].map(part => part.className).join()};
  for (const [width, height] of [[300, 240], [150, 148]]) {
    for (const {style} of panels)
      style.cssText = `font-size: 14px; width: ${width}px; height: ${height}px`;
    for (let k = 0; k < 4; k++) await frame();
    for (const panel of panels) {
      const drawn = panel.outerHTML.replace(/-?\\d+\\.\\d+/g, (n) => (+n).toFixed(1));
      parts[panel.className] = [parts[panel.className], drawn].join();
    }
  }
  for (const canvas of demo.querySelectorAll(".panel canvas")) {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const shades = data.map((_, k) => k % 4 ? 0 : data[k] > data[k + 2] ? data[k + 3] : 0);
    parts[canvas.parentNode.className] += [shades, data.filter((_, k) => k % 4 === 3)];
  }
  for (const part of demo.querySelectorAll(".why, .side, .tables")) {
    const inputs = [...part.querySelectorAll("input, textarea")].map(n => [n.value, n.checked]);
    parts[part.className] = part.outerHTML.replace(/href="[^"#]*\\//g, "") + inputs;
  }
  return parts;
}"""


@pytest.mark.parametrize("name", STORED)
def test_each_demo_shows_what_is_stored(page, name):
    found = {}
    for state in STORED[name]:
        demo = opened(page, page.address, name, state).demo
        demo.locator(".why:not(:has-text('rates trained'))").wait_for(state="attached")
        parts = demo.evaluate(SHOWN)
        found[state] = {k: sha256(text.encode()).hexdigest()[:12] for k, text in parts.items()}
    if os.environ.get("STORE"):
        stored = json.loads(FILE.read_text(encoding="utf-8")) | {name: found}
        FILE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        return
    for state, parts in STORED[name].items():
        now = found[state]
        differ = [part for part in {**parts, **now} if parts.get(part) != now.get(part)]
        assert differ == [], f"#demo={name}{state} shows something else; if it is meant, store it"
