// Keeps the words being heard in view, where the reader asked for it and as long as they do not scroll.
import { audio, momentOf } from "./player.js";

const toggle = document.querySelector("[data-follow]");
const times = [...document.querySelectorAll(".whole .time[href]")].map((link) => ({ link, start: momentOf(link) }));
let now = null, isFollowing = false;

function follow(wish) {
  isFollowing = wish;
  toggle.setAttribute("aria-pressed", String(wish));
  if (wish) show();
}

// Whether it glides is the style's affair, and so the reader's.
function show() {
  if (now) window.scrollTo(0, now.getBoundingClientRect().top + window.pageYOffset - window.innerHeight / 3);
}

audio.addEventListener("timeupdate", () => {
  const heard = times.filter((time) => time.start !== null && time.start <= audio.currentTime).pop();
  const passage = heard ? heard.link.parentNode : null;
  if (passage === now) return;
  if (now) now.classList.remove("now");
  now = passage;
  if (!now) return;
  now.classList.add("now");
  if (isFollowing) show();
});

toggle.addEventListener("click", () => follow(!isFollowing));
const stop = () => { if (isFollowing) follow(false); };
const MOVES = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " ", "Tab"];
for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, stop, { passive: true });
window.addEventListener("keydown", (event) => {
  if (MOVES.includes(event.key) && !event.target.closest("#player")) stop();
});
window.addEventListener("mousedown", (event) => { if (event.target === document.documentElement) stop(); }); // the bar
toggle.hidden = false;
