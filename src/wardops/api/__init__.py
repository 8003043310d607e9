"""The entrance over HTTP: REST, event stream, metrics, and the web app's files.

In: requests. Out: answers and problem documents. Routes have no logic of their own: they check
who calls, read the input, call one slice, and shape the answer. `serve` runs it.
"""

from __future__ import annotations

from wardops.api.serve import serve

__all__ = ["serve"]
