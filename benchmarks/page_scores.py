"""Score pages of the sample with Lighthouse: `scripts/lighthouse.sh` prints a table for docs/performance.md.

Scores are for a slow phone, as Lighthouse makes one out of this machine. The sample asks not to be listed, so a copy
that may be is scored. Left out is what cannot be measured: Lighthouse fetches robots.txt from within the page, which
our pages forbid; and whether search results may be listed, which they are not, on purpose.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.bench import ROOT

sys.path.insert(0, str(ROOT / "tests/e2e"))

from serving import SHOW, Served, copy_sample, serving

LIGHTHOUSE = ROOT / ".parts/lighthouse/node_modules/lighthouse/cli/index.js"
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
PAGES = {
    "home": "/",
    "show": f"/{SHOW}/",
    "episode": f"/{SHOW}/122-recurrence-and-finding-others-online/",
    "topic": "/topics/recurrence/",
    "search": "/search/?q=bone+pain",
}
LEFT_OUT = {"search": ("robots-txt", "is-crawlable")}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 0.95


def main() -> None:
    """Score each page; ends with 1 where a score is lower than what is wanted."""
    with tempfile.TemporaryDirectory(prefix="castalogue-scores-") as folder:
        library = copy_sample(Path(folder) / "library")
        show = library / "show.toml"
        show.write_text(show.read_text(encoding="utf-8").replace("block = true", "block = false"), encoding="utf-8")
        with serving(Path(folder) / "home", library) as served:
            scored = list(_scores(served))
    click.echo(_row("page", *CATEGORIES))
    click.echo(_row("---", *["---"] * len(CATEGORIES)))
    for name, scores in scored:
        click.echo(_row(name, *(f"{score:.2f}" for score in scores)))
    sys.exit(0 if all(score >= WANTED for _, scores in scored for score in scores) else 1)


def _scores(served: Served) -> Iterator[tuple[str, tuple[float, ...]]]:
    for name, path in PAGES.items():
        left_out = ",".join(LEFT_OUT.get(name, ("robots-txt",)))
        command = ["node", str(LIGHTHOUSE), served.url + path, "--quiet", "--output=json", f"--skip-audits={left_out}"]
        command += [f"--chrome-flags={CHROME}", "--no-enable-error-reporting"]
        chromium = {**os.environ, "CHROME_PATH": "/usr/bin/chromium"}
        done = subprocess.run(command, env=chromium, capture_output=True, timeout=180, check=True)
        found = json.loads(done.stdout)["categories"]
        yield name, tuple(found[category]["score"] for category in CATEGORIES)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
