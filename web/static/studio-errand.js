// Looks every two seconds how far long work is, and shows it in place; the page says the same where there is no script.
const LOOK_AGAIN = 2000, LONGEST = 30000;

async function follow(section, wait) {
  await new Promise((done) => setTimeout(done, wait));
  if (document.hidden) return follow(section, LOOK_AGAIN);
  try {
    const response = await fetch(section.dataset.address);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(`.errand[data-address="${CSS.escape(section.dataset.address)}"]`);
    if (!fresh || !("open" in fresh.dataset)) return location.reload();
    show(section, fresh);
    follow(section, LOOK_AGAIN);
  } catch {
    follow(section, Math.min(wait * 2, LONGEST));
  }
}

// Only what changed is touched, so that nobody's focus is lost and nothing is read out twice.
function show(section, fresh) {
  const told = section.querySelector("[role=status]"), tells = fresh.querySelector("[role=status]").textContent;
  if (told.textContent !== tells) told.textContent = tells;
  const bar = section.querySelector("progress"), bars = fresh.querySelector("progress");
  if (!bars) return bar?.parentElement.remove();
  if (!bar) return told.after(bars.parentElement);
  bar.max = bars.max;
  bar.value = bars.value;
  bar.nextElementSibling.textContent = bars.nextElementSibling.textContent;
}

for (const section of document.querySelectorAll(".errand[data-open]")) {
  section.querySelector(".again").parentElement.hidden = true;
  follow(section, LOOK_AGAIN);
}
