"""How soon the wall answers the pointer once its data has arrived.

    python benchmarks/wall.py [--devices 10000] [--runs 7] [--width 1920] [--json FILE]

The built web app (frontend/dist) in Chromium, each run in a fresh profile; the invented bank of
frontend/mock answers, so that nothing but the page is measured. The clock is the page's own: it
starts when the last byte of the wall has arrived and stops when the card of the device under the
pointer is there ("answered") and drawn ("painted"). The pointer is real input, moving all the
while. A run counts only if the card names the device that the settled page names at that place.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from harness import Row, report

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
CHROMIUM = os.environ.get("WARD_CHROMIUM", "/usr/bin/chromium")
PATIENCE_S = 60
SETTLE_MS = 1000
# The pointer wanders over a little field in the middle of the map, for not all of it is cells.
SHARE_X, SHARE_Y, FIELD_PX, STEP_PX = 0.4, 0.7, 16, 4

WATCH = """
    const card = () => document.querySelector("canvas + [role=status] p")?.textContent;
    window.seen = {};
    let at = {};
    addEventListener("mousemove", (event) => { at = { x: event.clientX, y: event.clientY }; }, true);
    new MutationObserver(() => {
        if (!seen.drawn && document.querySelector("canvas[role=application]")) {
            seen.drawn = performance.now();
        }
        if (!seen.answered && card()) {
            seen.answered = performance.now();
            Object.assign(seen, at, { device: card() });
            requestAnimationFrame(() => setTimeout(() => { seen.painted = performance.now(); }));
        }
    }).observe(document, { childList: true, subtree: true, characterData: true });
    new PerformanceObserver((list) => {
        seen.tasks = [...(seen.tasks ?? []), ...list.getEntries().map((one) => [
            one.startTime, one.duration])];
    }).observe({ type: "longtask", buffered: true });
"""
TOLD = """() => {
    const [wall] = performance.getEntriesByType("resource")
        .filter((one) => new URL(one.name).pathname === "/api/v1/wall");
    return { ...window.seen, arrived: wall.responseEnd, bytes: wall.decodedBodySize };
}"""


def main() -> None:
    """Serve, look, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with served(options.devices) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        size = (options.width, options.width * 9 // 16)
        rows = [_run(chromium, address, size, number) for number in range(options.runs + 1)][1:]
        chromium.close()
    report(f"The wall with {options.devices} devices", [*rows, _median(rows)], options.json)


@contextmanager
def served(devices: int) -> Iterator[str]:
    """The built app with its invented bank; answers the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["node", "node_modules/vite/bin/vite.js", "preview", "--strictPort"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    still = {"WARD_MOCK": "1", "WARD_MOCK_WALL": str(devices), "WARD_MOCK_EVERY": "3600000"}
    server = subprocess.Popen(
        command,
        cwd=FRONTEND,
        env={**os.environ, **still},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The built app is not served: run `npm ci && npm run build` in frontend.")


def _run(chromium: Browser, address: str, size: tuple[int, int], number: int) -> Row:
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}/wall", wait_until="commit")
    _move_until_painted(page, width * SHARE_X, height * SHARE_Y)
    told = page.evaluate(TOLD)
    settled = _settled(page, told["x"], told["y"])
    if told["device"] != settled:
        raise SystemExit(f"The wall answered {told['device']}, but there stands {settled}.")
    context.close()
    tasks = [length for start, length in told.get("tasks", []) if start >= told["arrived"] - 50]
    return {
        "run": str(number),
        "data KiB": told["bytes"] / 1024,
        "map there ms": told["drawn"] - told["arrived"],
        "answered ms": told["answered"] - told["arrived"],
        "painted ms": told["painted"] - told["arrived"],
        "longest task ms": max(tasks, default=0.0),
    }


def _move_until_painted(page: Page, x: float, y: float) -> None:
    """As a hand does, until the card is drawn."""
    deadline = time.monotonic() + PATIENCE_S
    while not page.evaluate("window.seen?.painted"):
        for step in range(0, FIELD_PX, STEP_PX):
            page.mouse.move(x + step, y + step / 2)
        if time.monotonic() > deadline:
            raise SystemExit("The wall never answered the pointer.")


def _settled(page: Page, x: float, y: float) -> str:
    """The device named at that place when nothing moves any more."""
    page.wait_for_timeout(SETTLE_MS)
    page.mouse.move(1, 1)
    page.wait_for_selector("canvas + [role=status]", state="detached")
    page.mouse.move(x, y)
    return page.locator("canvas + [role=status] p").first.inner_text()


def _median(rows: list[Row]) -> Row:
    numbers = [name for name in rows[0] if name != "run"]
    return {
        "run": "median",
        **{name: median(float(row[name] or 0) for row in rows) for name in numbers},
    }


if __name__ == "__main__":
    main()
