"""The docs say what there is: generated pages are fresh, lists are whole, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import audit_table
import wardops
from wardops.cli import COMMANDS, build
from wardops.core import settings_reference
from wardops.core.settings import Settings
from wardops.operations.selfwatch import CHECKED
from wardops.worker.schedule import PROBE_TASK, SCHEDULE

PROJECT = Path(wardops.__file__).parents[2]
DOCS = PROJECT / "docs"
PAGES = sorted([*PROJECT.glob("*.md"), *DOCS.rglob("*.md")])

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\./)?ward (.+)$", re.M)
_BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.M | re.S)


def headings(page: str) -> list[str]:
    """The headings of a page without their marks."""
    return [each.strip("` ") for each in _HEADING.findall((DOCS / page).read_text())]


def anchor(heading: str) -> str:
    """The place of a heading in its page, as Python-Markdown makes it."""
    words = re.sub(r"[^\w\s-]", "", heading.lower()).strip()
    return re.sub(r"[-\s]+", "-", words)


def test_page_of_settings_is_up_to_date_and_whole() -> None:
    text = settings_reference.FILE.read_text()
    assert text == settings_reference.page(), "run python -m wardops.core.settings_reference"
    assert [name for name in Settings.model_fields if f"`{name}`" not in text] == []


def test_table_of_the_audit_is_up_to_date() -> None:
    assert audit_table.unknown_numbers() == set()
    assert audit_table.FILE.read_text() == audit_table.page(), "run python tests/audit_table.py"


def test_every_job_of_the_schedule_has_a_section() -> None:
    assert {*SCHEDULE, PROBE_TASK} - set(headings("operate/jobs.md")) == set()


def test_every_system_incident_has_a_section() -> None:
    assert set(CHECKED) - set(headings("operate/system-incidents.md")) == set()


def test_every_metric_is_listed() -> None:
    source = (PROJECT / "src" / "wardops" / "api" / "metrics.py").read_text()
    told = (DOCS / "reference" / "metrics.md").read_text()
    names = re.findall(r'"(ward_[a-z_]+)"', source)
    assert names
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_command_is_listed() -> None:
    assert set(COMMANDS) - {each.split()[1] for each in headings("reference/commands.md")[1:]} == (
        set()
    )


def quoted_commands() -> Iterator[tuple[str, list[str]]]:
    """The words after `ward` of every command in a block of a page."""
    for page in PAGES:
        for block in _BLOCK.findall(page.read_text()):
            for line in _COMMAND.findall(block):
                yield page.name, shlex.split(line, comments=True)


def unknown_word(words: list[str]) -> str:
    """The first word that is neither a command nor an option; empty when all are known."""
    command = typer.main.get_command(build(words))
    for word in words:
        inner = getattr(command, "commands", None)
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        if word == "--":
            break
        if word.startswith("-") and word not in options:
            return word
        if inner is not None and not word.startswith("-"):
            if word not in inner:
                return word
            command = inner[word]
    return ""


def test_every_quoted_command_exists() -> None:
    quoted = list(quoted_commands())
    assert quoted
    assert [(page, words) for page, words in quoted if unknown_word(words)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    dead = []
    for target in _LINK.findall(page.read_text()):
        path, _, place = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            dead.append(target)
        elif place and f'id="{place}"' not in (text := file.read_text()):
            found = [anchor(each) for each in _HEADING.findall(text)]
            dead += [target] if place not in found else []
    assert dead == []


def test_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    outside = [
        f"{page.relative_to(tmp_path)}: {address}"
        for page in tmp_path.rglob("*.html")
        for address in re.findall(r'(?:src|href)="(https?://[^"]+)"', page.read_text())
        if re.search(r"fonts\.|cdn|unpkg", address)
    ]
    assert outside == []
