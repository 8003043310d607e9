"""The web app's files, when they are built: immutable for ever by their hash, the page never."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

import wardops

_PACKAGE = Path(wardops.__file__).parent
# In a wheel the files are inside the package, in a checkout beside it.
FOLDERS = (_PACKAGE / "web", _PACKAGE.parents[1] / "frontend" / "dist")

_NOT_OURS = ("/api/", "/metrics")
_HASHED = "/assets/"
_FOR_EVER = "public, max-age=31536000, immutable"
_PACKED = {"br": ".br", "gzip": ".gz"}

_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>WARD OPS</title>
<h1>The web app is not built</h1>
<p>The server works, but the files of its pages are missing.</p>
<p>Run <code>./ward up</code>, which builds them when it finds Node, or
<code>npm ci &amp;&amp; npm run build</code> in <code>frontend/</code>, and look again.</p>
<p><a href="/api/docs">The API is described here.</a></p>
"""


@dataclass(frozen=True, slots=True)
class Build:
    """One build of the web app, told from the next by when its files were written (ns)."""

    folder: Path
    written: tuple[int, ...]


def _build_in(folder: Path) -> Build | None:
    parts = (folder, folder / "assets", folder / "index.html")
    try:
        return Build(folder, tuple(part.stat().st_mtime_ns for part in parts))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _files_of(folder: Path) -> dict[str, Path]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {f"/{path.relative_to(folder).as_posix()}": path for path in paths}


class WebApp:
    """Serves the files of one folder and passes everything of the API on.

    The folder is read once for each build: only files that were there then can be asked for, so
    no path leads out.
    """

    def __init__(self, app: ASGIApp, *, folders: tuple[Path, ...] = FOLDERS) -> None:
        self._app = app
        self._folders = folders
        self._files: dict[str, Path] = {}
        self._read: Build | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer reads outside of the API, pass on the rest."""
        ours = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not ours or scope["path"].startswith(_NOT_OURS):
            await self._app(scope, receive, send)
            return
        await self._answer(scope["path"], Headers(scope=scope))(scope, receive, send)

    def _look(self) -> None:
        """Read the folder anew when it was built anew; else this costs three calls of stat(2)."""
        build = next(filter(None, map(_build_in, self._folders)), None)
        if build == self._read:
            return
        self._read = build
        self._files = _files_of(build.folder) if build else {}

    def _answer(self, path: str, headers: Headers) -> Response:
        self._look()
        if not self._files:
            return HTMLResponse(_NOT_BUILT, 503, {"Cache-Control": "no-store"})
        if path.startswith(_HASHED):
            if path not in self._files:
                return HTMLResponse("Not found", 404, {"Cache-Control": "no-store"})
            return self._file(path, headers, cached=_FOR_EVER)
        if path in self._files and path != "/index.html":
            return self._file(path, headers, cached="no-cache")
        # Every other path is a page of the app, which finds its way by itself.
        return self._file("/index.html", headers, cached="no-store")

    def _file(self, path: str, headers: Headers, *, cached: str) -> Response:
        """The file, in the smallest form that was built and that the browser takes."""
        extra = {"Cache-Control": cached, "Vary": "Accept-Encoding"}
        accepted = headers.get("accept-encoding", "")
        for encoding, suffix in _PACKED.items():
            packed = self._files.get(path + suffix)
            if packed and encoding in accepted:
                extra["Content-Encoding"] = encoding
                return FileResponse(packed, headers=extra, media_type=_media_type(path))
        return FileResponse(self._files[path], headers=extra, media_type=_media_type(path))


def _media_type(path: str) -> str | None:
    """Types that not every machine's tables know, and that browsers insist on."""
    known = {
        ".js": "text/javascript",
        ".css": "text/css",
        ".html": "text/html",
        ".svg": "image/svg+xml",
        ".json": "application/json",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }
    return known.get(Path(path).suffix)
