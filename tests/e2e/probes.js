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
    // Each stop of the keyboard, told when it is left: by then it has been scrolled to.
    follow: () => {
      window.stops = [];
      // Where the keyboard was before the first press is no stop.
      addEventListener("keydown", () => { if (stops.isBegun) stops.push(probes.here()); stops.isBegun = true; }, { capture: true });
    },
    startAt: index => { const all = tabbable(); all[Math.max(0, all.length + index)].focus(); },
    spaced: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [sheet];
    },
    // In colours that the reader's system sets: what can be pressed has an edge, what is heard just now a line, and
    // pictures take the colour of text.
    forced: () => [
      ...[...document.querySelectorAll("button, input, select, textarea, .button")].filter(shown)
        .filter(e => { const style = getComputedStyle(e); return style.borderStyle.includes("none") || !(parseFloat(style.borderWidth) > 0); }),
      ...[...document.querySelectorAll(".passage")].slice(0, 1).filter(e => {
        e.classList.add("now");
        const { outlineStyle, outlineColor } = getComputedStyle(e);
        e.classList.remove("now");
        return outlineStyle === "none" || /^rgba.*, 0\)$/.test(outlineColor);
      }),
      ...[...document.querySelectorAll("svg:not(.square) [fill], svg:not(.square)[fill]")].filter(e => !["none", "currentColor"].includes(e.getAttribute("fill"))),
    ].map(named),
    // What moves by itself, or glides, for a reader who wants none of it.
    moving: () => {
      const seconds = text => Math.max(...text.split(",").map(parseFloat));
      const gliding = e => { const style = getComputedStyle(e); return seconds(style.transitionDuration) > .01 || seconds(style.animationDuration) > .01; };
      const smooth = getComputedStyle(document.documentElement).scrollBehavior === "auto" ? [] : ["smooth scrolling"];
      return [...smooth, ...document.getAnimations().map(a => `animation ${a.animationName}`), ...[...document.querySelectorAll("*")].filter(gliding).map(named)];
    },
    // On paper: nothing to press, all that is read, and where its links lead.
    printed: () => {
      const useless = [...document.querySelectorAll("audio, button, input:not([readonly]), select, .player, nav.places a, .skip, .past a")].filter(shown).map(e => `useless: ${named(e)}`);
      const wanted = [...document.querySelectorAll("h1, .notes p, .transcript p")].filter(e => !shown(e) && !e.closest("details:not([open]), .beginning, .embedding, .more, .top-link, [hidden]")).map(e => `missing: ${named(e)}`);
      const mute = [...document.querySelectorAll(".notes a[href^='http'], .help a[href^='http'], .sources a")].filter(shown)
        .filter(e => !getComputedStyle(e, "::after").content.includes(e.getAttribute("href"))).map(e => `no address: ${named(e)}`);
      return [...useless, ...wanted, ...mute];
    },
    axe: async () => {
      const run = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
      const { violations } = await axe.run(document, { ...run, resultTypes: ["violations"], preload: false });
      return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} ${n.html.slice(0, 120)} ${n.failureSummary.slice(0, 200)}`));
    },
  };
})();
