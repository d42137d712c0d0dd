"""What every screen is held to: no accessibility violation that matters, targets a thumb can hit, nothing cut off."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SHOTS = Path(__file__).parent / "shots"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Serious and critical findings of axe-core on the page as it stands."""
    page.evaluate(_axe())  # by the debugger, so that the page's own content policy stays as strict as it is
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)", TAGS
    )
    return [
        f"{v['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for node in v["nodes"]
    ]


SMALL_TARGETS = """() => {
  const roots = [document], found = [];
  for (let i = 0; i < roots.length; i++)
    for (const el of roots[i].querySelectorAll('*')) if (el.shadowRoot) roots.push(el.shadowRoot);
  for (const root of roots)
    for (const el of root.querySelectorAll('button, label, select, [role=button], a.button, summary')) {
      if (el.matches('label') && !el.querySelector('input')) continue;
      const box = el.getBoundingClientRect();
      if (!box.width || !box.height || getComputedStyle(el).visibility === 'hidden') continue;
      if (box.height < 43.5 || box.width < 43.5) found.push(`${el.tagName} ${el.textContent.trim().slice(0, 40)} ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
  return found;
}"""


def small_targets(page: Page) -> list[str]:
    """Buttons, options and switches under 44 pixels, links in running text left out."""
    return list(page.evaluate(SMALL_TARGETS))


def runs_over(page: Page) -> int:
    """By how many pixels the page is wider than the window: 0 when nothing has to be pushed sideways."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def shot(page: Page, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
