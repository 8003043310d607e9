"""`python -m wardops.cli` is the `ward` command."""

from __future__ import annotations

from wardops.cli import main

main()
