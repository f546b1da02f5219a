// What the tests ask of an open page; each gives what is wrong, in words that find it again.
window.probes = (() => {
  const named = e => `${e.tagName.toLowerCase()}.${e.className} ${(e.textContent || e.name || e.id).trim().slice(0, 40)}`;
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  // A word among many others of a paragraph, as WCAG 2.5.8 lets it be.
  const inText = e => {
    const around = e.closest("p, li, td, dd, blockquote");
    return e.matches("a") && around !== null && getComputedStyle(e).display === "inline"
      && around.textContent.trim().length > e.textContent.trim().length + 30 || e.matches(".notes td a, .notes sup a, .notes li a");
  };
  const tabbable = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, audio[controls], [tabindex='0']")]
    .filter(e => shown(e) && !e.disabled && e.tabIndex >= 0);
  return {
    // Wider than the screen, or cut off at its sides.
    wide: () => {
      const screen = document.documentElement.clientWidth;
      const scrolled = e => e.closest("pre, .unseen, .skip, .past") !== null;
      const out = [...document.body.querySelectorAll("*")].filter(shown).filter(e => !scrolled(e))
        .filter(e => { const box = e.getBoundingClientRect(); return box.width > 0 && (box.right > screen + 1 || box.left < -1); });
      return document.documentElement.scrollWidth > screen ? ["page scrolls sideways", ...out.map(named)] : out.map(named);
    },
    // Words cut off within their box.
    cut: () => [...document.body.querySelectorAll("*")].filter(shown).filter(e => !e.matches(".unseen, .summary, input, textarea, select, audio"))
      .filter(e => { const style = getComputedStyle(e); return style.overflowX === "hidden" || style.overflowY === "hidden"; })
      .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(named),
    // Too small for a thumb: what can be pressed outside of running text.
    small: () => tabbable().filter(e => !inText(e) && !e.matches(".skip, .past a"))
      .filter(e => { const box = (e.labels?.[0] ?? e).getBoundingClientRect(), own = e.getBoundingClientRect();
        return Math.max(box.height, own.height) < 43.5 || Math.max(box.width, own.width) < 23.5; }).map(named),
    count: () => tabbable().length,
    // Where the keyboard is: its place in the order of the page, and whether it can be seen.
    here: () => {
      const e = document.activeElement;
      if (e === document.body || e === null) return null;
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      const x = box.left + Math.min(box.width / 2, 12), y = box.top + box.height / 2, top = document.elementFromPoint(x, y);
      return {
        at: tabbable().indexOf(e), name: named(e), top: box.top + scrollY,
        ring: e.tagName === "AUDIO" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
        seen: top !== null && (e === top || e.contains(top) || top.contains(e)),
      };
    },
    startAt: index => { const all = tabbable(); all[Math.max(0, all.length + index)].focus(); },
    spaced: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [sheet];
    },
    axe: async only => {
      const run = only ? { runOnly: only } : { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
      const { violations } = await axe.run(document, { ...run, resultTypes: ["violations"] });
      return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} ${n.html.slice(0, 120)} ${n.failureSummary.slice(0, 200)}`));
    },
  };
})();
