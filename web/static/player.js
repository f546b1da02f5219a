// What a press adds to the browser's own player. Nothing here starts by itself: without this file every link
// still leads to the page opened at its moment.
import { copy } from "./copy.js";
import { keep, kept } from "./place.js";

const player = document.getElementById("player");
export const audio = player.querySelector("audio");
const controls = player.querySelector(".controls");
const status = controls.querySelector("[role=status]");
const says = controls.dataset;
const sources = audio.querySelectorAll("source");
const BACK = -15, ON = 30;
// So near to the beginning or the end there is no place to go on at.
const EDGE = 10;
let isForgotten = false, hasFailed = false, keptAt = 0;

const end = () => (Number.isFinite(audio.duration) ? audio.duration : Number(says.length) || Infinity);

function clock(seconds) {
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

// The moment that a link to this page names; null for any other link.
export function momentOf(link) {
  const url = new URL(link.href, location.href);
  const t = url.searchParams.get("t");
  const isHere = url.origin === location.origin && url.pathname === location.pathname;
  return isHere && /^\d{1,5}$/.test(t) && Number(t) < end() ? Number(t) : null;
}

function seek(seconds) {
  if (hasFailed) audio.load();
  hasFailed = false;
  const to = audio.currentTime = Math.min(Math.max(seconds, 0), end());
  if (audio.readyState) return;
  audio.addEventListener("loadedmetadata", () => { // older Safari forgets what it was told before
    if (Math.abs(audio.currentTime - to) > 1) audio.currentTime = to;
  }, { once: true });
}

function play() {
  const begun = audio.play();
  if (begun) begun.catch(() => {}); // said at "error"
}

function playFrom(seconds) {
  seek(seconds);
  play();
}

const step = (seconds) => seek(audio.currentTime + seconds);
export const toggle = () => (audio.paused ? play() : audio.pause());

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const moment = momentOf(link);
  if (moment === null) return;
  event.preventDefault();
  playFrom(moment);
});

for (const button of controls.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}

// Speed
const speed = controls.querySelector("select");
function setSpeed(rate) {
  if ([...speed.options].some((option) => option.value === rate)) {
    speed.value = rate;
    audio.defaultPlaybackRate = audio.playbackRate = Number(rate);
  }
}
setSpeed(kept("speed"));
speed.addEventListener("change", () => {
  setSpeed(speed.value);
  if (!isForgotten) keep("speed", speed.value);
});

// Where this page was asked to start: a static host gives every moment the same page.
const asked = momentOf(location);
const starts = player.querySelector("[data-starts]");
if (asked) {
  seek(asked);
  starts.hidden = false;
  starts.firstElementChild.textContent = starts.dataset.starts.replace("{}", clock(asked));
}

// Going on where you stopped: offered, never done unasked.
const goOn = controls.querySelector("[data-go-on]");
const stopped = Number(kept(says.key));
if (stopped > 0 && stopped < end()) {
  goOn.textContent = goOn.dataset.goOn.replace("{}", clock(stopped));
  goOn.hidden = false;
  goOn.addEventListener("click", () => {
    playFrom(stopped);
    goOn.hidden = true;
    controls.querySelector("[data-step]").focus();
  });
}
function remember() {
  const at = audio.currentTime;
  if (isForgotten || at < EDGE || !audio.played.length) return;
  keptAt = at;
  keep(says.key, at > end() - EDGE ? null : Math.floor(at));
}
document.addEventListener("forgotten", () => {
  isForgotten = true;
  goOn.hidden = true;
});
audio.addEventListener("pause", remember);
window.addEventListener("pagehide", remember);

// Where you are: the chapter being heard.
const chapters = [...document.querySelectorAll(".chapters a, a.chapter")]
  .map((link) => ({ link, start: momentOf(link) }))
  .filter((chapter) => chapter.start !== null);
const heard = () => chapters.filter((chapter) => chapter.start <= audio.currentTime).length - 1;
const chapter = (by) => chapters.length && playFrom(chapters[Math.min(Math.max(heard() + by, 0), chapters.length - 1)].start);

audio.addEventListener("timeupdate", () => {
  const now = heard();
  chapters.forEach(({ link }, place) => {
    if (place === now) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  if (Math.abs(audio.currentTime - keptAt) > 5) remember();
});

// What went wrong. A source's error is seen on the way down alone.
audio.addEventListener("error", (event) => {
  if (!audio.error && event.target !== sources[sources.length - 1]) return;
  hasFailed = true;
  status.textContent = says.failed;
}, true);
document.addEventListener("play", (event) => { // moments embedded in the notes: one voice at a time
  for (const other of document.querySelectorAll("audio")) if (other !== event.target) other.pause();
}, true);
audio.addEventListener("playing", () => { status.textContent = ""; });

controls.querySelector("[data-share]").addEventListener("click", async () => {
  const url = `${says.page}?t=${Math.floor(audio.currentTime)}`;
  if (navigator.share) {
    try {
      await navigator.share({ title: says.title, url });
      return;
    } catch (refused) {
      if (refused.name === "AbortError") return;
    }
  }
  status.textContent = (await copy(controls.querySelector(".address input"), url)) ? says.copied : "";
});

// Keys, while the focus is in the player alone: a control keeps those of its own, a field all.
const KEYS = {
  " ": toggle, k: toggle, j: () => step(BACK), l: () => step(ON), ArrowLeft: () => step(BACK), ArrowRight: () => step(ON),
  p: () => chapter(-1), n: () => chapter(1),
};
player.addEventListener("keydown", (event) => {
  const isField = event.target.matches("input, select, textarea");
  const isControl = event.target.matches("a, button, summary, audio");
  const deed = KEYS[event.key];
  if (!deed || isField || event.metaKey || event.ctrlKey || event.altKey) return;
  if (isControl && !/^[a-z]$/.test(event.key)) return;
  event.preventDefault();
  deed();
});

// The keys of headphones and lock screens.
if ("mediaSession" in navigator && window.MediaMetadata) {
  const artwork = says.art ? [{ src: says.art, sizes: "640x640", type: "image/jpeg" }] : [];
  navigator.mediaSession.metadata = new MediaMetadata({ title: says.title, artist: says.show, artwork });
  const deeds = {
    play, pause: () => audio.pause(), seekbackward: () => step(BACK), seekforward: () => step(ON),
    seekto: (wish) => seek(wish.seekTime),
    ...(chapters.length && { previoustrack: () => chapter(-1), nexttrack: () => chapter(1) }),
  };
  for (const name of Object.keys(deeds)) {
    try { navigator.mediaSession.setActionHandler(name, deeds[name]); } catch { } // this browser knows fewer
  }
}

controls.hidden = false;
