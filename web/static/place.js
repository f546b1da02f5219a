// What this browser remembers of listening: where you stopped, and how fast you listen. It is told to nobody.
const PREFIX = "castalogue:";

function storage() {
  try { return window.localStorage; } catch { return null; } // refused: then nothing is remembered
}

export function kept(name) {
  const held = storage();
  return held && held.getItem(PREFIX + name);
}

export function keep(name, value) {
  try {
    if (value === null) storage().removeItem(PREFIX + name);
    else storage().setItem(PREFIX + name, value);
  } catch { } // full, or refused
}

for (const place of document.querySelectorAll("[data-forget]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    const held = storage();
    for (const name of Object.keys(held || {})) if (name.startsWith(PREFIX)) held.removeItem(name);
    place.querySelector("[role=status]").textContent = place.dataset.forget;
    document.dispatchEvent(new Event("forgotten"));
  });
}
