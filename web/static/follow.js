// Keeps the words being heard in view, where the reader asked for it and as long as they do not scroll.
import { audio, momentOf, toggle } from "./player.js";

const switches = [...document.querySelectorAll("[data-follow]")];
const times = [...document.querySelectorAll(".whole .time[href]")].map((link) => ({ link, start: momentOf(link) }));
let now = null, isFollowing = false;

function follow(wish) {
  isFollowing = wish;
  for (const one of switches) one.setAttribute("aria-pressed", String(wish));
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

const stop = () => { if (isFollowing) follow(false); };
const MOVES = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " ", "Tab"];
for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, stop, { passive: true });
window.addEventListener("keydown", (event) => {
  if (MOVES.includes(event.key) && !event.target.closest("#player, .bar")) stop();
});
window.addEventListener("mousedown", (event) => { if (event.target === document.documentElement) stop(); }); // the scroll bar
for (const one of switches) {
  one.addEventListener("click", () => follow(!isFollowing));
  one.hidden = false;
}

// The player is far above whoever reads: what stops it stays at hand.
const bar = document.querySelector(".bar");
const button = bar.querySelector("button");
button.addEventListener("click", toggle);
for (const kind of ["play", "pause"]) {
  audio.addEventListener(kind, () => {
    bar.hidden = false;
    button.textContent = kind === "play" ? button.dataset.pause : button.dataset.play;
  });
}
