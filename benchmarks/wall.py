"""How soon the wall answers the pointer once its data has arrived, in a real browser.

    python benchmarks/wall.py [--devices 10000] [--runs 7] [--width 1920] [--real] [--json FILE]

The built web app (frontend/dist) in Chromium, each run with nothing cached. The invented bank of
frontend/mock answers, so that only the page is measured; with `--real` an instance that watches
all the devices meanwhile. The clock is the page's own: it starts when the last byte of the wall
has arrived and stops when the card of the device under the pointer is there ("answered") and
drawn ("painted"). The pointer is real input that moves all the while. A run counts only if the
card names the device that the settled page names at that place.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from harness import Row, report
from instance import PASSWORD, add_devices, running

FRONTEND = Path(__file__).resolve().parents[1] / "frontend"
CHROMIUM = os.environ.get("WARD_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MAP, CARD = "canvas[role=application]", "canvas + [role=status]"
Place = tuple[int, int]
WARM_UP_S = 30
PATIENCE_S = 60
SETTLE_MS = 1000
STEP_PX = 5

WATCH = """
    const card = () => document.querySelector("canvas + [role=status] p")?.textContent;
    window.seen = { longest: 0 };
    let at = {};
    addEventListener("mousemove", ({ clientX: x, clientY: y }) => { at = { x, y }; }, true);
    const data = () => performance.getEntriesByType("resource")
        .find((one) => new URL(one.name).pathname === "/api/v1/wall");
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
        const arrived = data()?.responseEnd ?? Infinity;
        const late = list.getEntries().filter((one) => one.startTime > arrived);
        seen.longest = Math.max(seen.longest, ...late.map((one) => one.duration));
    }).observe({ type: "longtask", buffered: true });
    window.told = () => {
        const { requestStart, responseEnd, decodedBodySize } = data();
        return { ...seen, asked: requestStart, arrived: responseEnd, bytes: decodedBodySize };
    };
"""


@dataclass(frozen=True, slots=True)
class Stand:
    """A browser, what it opens, how large its window is, and where the pointer is put."""

    chromium: Browser
    address: str
    size: Place
    signed_in: bool

    def opened(self) -> Page:
        """A fresh page on its way to the wall."""
        width, height = self.size
        context = self.chromium.new_context(viewport={"width": width, "height": height})
        if self.signed_in:
            body = {"username": "admin", "password": PASSWORD}
            context.request.post(f"{self.address}/api/v1/auth/login", data=body)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{self.address}/wall", wait_until="commit")
        return page


def main() -> None:
    """Serve, look, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--real", action="store_true", help="an instance, not the invented bank")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    serving = watching if options.real else invented
    with serving(options.devices) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        size = (options.width, options.width * 9 // 16)
        stand = Stand(chromium, address, size, signed_in=options.real)
        place = _find_cell(stand)
        rows = [_run(stand, place, run) for run in range(1, options.runs + 1)]
        chromium.close()
    report(f"The wall with {options.devices} devices", [*rows, _median(rows)], options.json)


@contextmanager
def watching(devices: int) -> Iterator[str]:
    """An instance that watches so many devices; answers its address."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder, environment={"WARD_ALLOW_LOOPBACK_TARGETS": "true"}) as ward:
            database = ward.database()
            add_devices(database, devices, silent_share=0)
            database.close()
            time.sleep(WARM_UP_S)
            yield ward.instance.address


@contextmanager
def invented(devices: int) -> Iterator[str]:
    """The built app with its invented bank; answers the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["node", "node_modules/vite/bin/vite.js", "preview", "--strictPort"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    still = {"WARD_MOCK": "1", "WARD_MOCK_WALL": str(devices), "WARD_MOCK_EVERY": "3600000"}
    with tempfile.TemporaryFile() as output:
        server = subprocess.Popen(
            command, cwd=FRONTEND, env={**os.environ, **still}, stdout=output, stderr=output
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


def _find_cell(stand: Stand) -> Place:
    """A place in the middle of the map where a device is drawn: the same in every run."""
    page = stand.opened()
    page.wait_for_selector(MAP)
    page.wait_for_timeout(SETTLE_MS)
    width, height = stand.size
    for y in range(height // 2, height, STEP_PX):
        for x in range(width // 2, width // 2 + 10 * STEP_PX, STEP_PX):
            page.mouse.move(x, y)
            if page.locator(CARD).count():
                page.context.close()
                return x, y
    raise SystemExit("There is no device in the middle of the wall.")


def _run(stand: Stand, place: Place, run: int) -> Row:
    page = stand.opened()
    _move_until_painted(page, place)
    told = page.evaluate("told()")
    settled = _settled(page, (told["x"], told["y"]))
    if told["device"] != settled:
        raise SystemExit(f"The wall answered {told['device']}, but there stands {settled}.")
    page.context.close()
    return {
        "run": str(run),
        "KiB": told["bytes"] / 1024,
        "asked to arrived ms": told["arrived"] - told["asked"],
        "arrived to map ms": told["drawn"] - told["arrived"],
        "to answered ms": told["answered"] - told["arrived"],
        "to painted ms": told["painted"] - told["arrived"],
        "longest task ms": told["longest"],
        "address to answered ms": told["answered"],
    }


def _move_until_painted(page: Page, place: Place) -> None:
    """To and fro by a pixel, as a hand does, until the card is drawn."""
    deadline = time.monotonic() + PATIENCE_S
    while not page.evaluate("window.seen?.painted"):
        for step in (0, 1):
            page.mouse.move(place[0] + step, place[1])
        if time.monotonic() > deadline:
            raise SystemExit("The wall never answered the pointer.")


def _settled(page: Page, place: Place) -> str:
    """The device named at that place when nothing moves any more."""
    page.wait_for_timeout(SETTLE_MS)
    page.mouse.move(1, 1)
    page.wait_for_selector(CARD, state="detached")
    page.mouse.move(*place)
    return page.locator(f"{CARD} p").first.inner_text()


def _median(rows: list[Row]) -> Row:
    numbers = [name for name in rows[0] if name != "run"]
    middle = {name: median(float(row[name] or 0) for row in rows) for name in numbers}
    return {"run": "median", **middle}


if __name__ == "__main__":
    main()
