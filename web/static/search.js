// Finds while you type: asks for the page that the button leads to, and puts its results in the place of these.
// Without this file, or where data is to be saved, the button does all of it.
const form = document.querySelector("form.asking");
const told = form.querySelector("[role=status]");
const PAUSE_MS = 400, FEWEST_SIGNS = 2, PARTS = ["#results", ".top .places"];
let waiting, asking;

function stop() {
  clearTimeout(waiting);
  if (asking) asking.abort();
}

function address() {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  return url;
}

async function find() {
  const url = address();
  asking = new AbortController();
  try {
    const answer = await fetch(url, { signal: asking.signal });
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"), url);
  } catch { // stopped by the next letter, or no network: the button still asks
  }
}

function show(page, url) {
  for (const part of PARTS) {
    const ours = document.querySelector(part), theirs = page.querySelector(part);
    if (ours && theirs) ours.replaceWith(theirs);
  }
  document.title = page.title;
  history.replaceState(null, "", url);
  const count = document.querySelector(".count");
  told.textContent = count ? count.textContent : "";
}

function soon() {
  stop();
  if (form.elements.q.value.trim().length >= FEWEST_SIGNS) waiting = setTimeout(find, PAUSE_MS);
}

if (!(navigator.connection && navigator.connection.saveData)) {
  form.addEventListener("input", soon);
  form.addEventListener("submit", stop);
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
}
