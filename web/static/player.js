// What a press adds to the browser's own player. Nothing here starts by itself: without this file every link
// still leads to the page opened at its moment.
import { copy } from "./copy.js";

const audio = document.querySelector("#player audio");
const controls = document.querySelector("#player .controls");

function momentOf(link) {
  const url = new URL(link.href);
  const t = url.searchParams.get("t");
  return url.pathname === momentPath() && /^\d{1,5}$/.test(t) ? Number(t) : null;
}

// Time links lead to the page they are on.
function momentPath() {
  return controls.dataset.path;
}

function seek(seconds) {
  const end = Number.isFinite(audio.duration) ? audio.duration : Infinity;
  audio.currentTime = Math.min(Math.max(seconds, 0), end);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const moment = momentOf(link);
  if (moment === null) return;
  event.preventDefault();
  seek(moment);
  audio.play().catch(() => {}); // the player shows why itself
});

for (const button of controls.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => seek(audio.currentTime + Number(button.dataset.step)));
}

controls.querySelector("select").addEventListener("change", (event) => {
  audio.defaultPlaybackRate = audio.playbackRate = Number(event.target.value);
});

controls.querySelector("[data-share]").addEventListener("click", async () => {
  const status = controls.querySelector("[role=status]");
  const url = `${controls.dataset.page}?t=${Math.floor(audio.currentTime)}`;
  const copied = await copy(controls.querySelector(".address input"), url);
  status.textContent = copied ? controls.dataset.copied : "";
});

// Where you are: the chapter being heard.
const chapters = [...document.querySelectorAll(".chapters a")]
  .map((link) => ({ link, start: momentOf(link) }))
  .filter((chapter) => chapter.start !== null);

audio.addEventListener("timeupdate", () => {
  const now = chapters.filter((chapter) => chapter.start <= audio.currentTime).pop();
  for (const { link } of chapters) {
    if (now && link === now.link) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
});

controls.hidden = false;
