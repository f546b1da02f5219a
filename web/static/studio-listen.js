// The recording beside a form: "listen from here" plays in the page. Without this file it opens the recording there.
export const section = document.querySelector(".listen");
export const audio = section.querySelector("audio");
const status = section.querySelector("[role=status]");

// A place as people write it (1:02:03.5) in seconds, and back; null for what is none.
export function secondsOf(text) {
  const found = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d(?:[.,]\d{1,3})?)$/.exec(text.trim());
  return found ? Number(found[1] || 0) * 3600 + Number(found[2]) * 60 + Number(found[3].replace(",", ".")) : null;
}

export function clockOf(seconds) {
  const tenths = Math.floor(seconds * 10), whole = Math.floor(tenths / 10), two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${h ? `${h}:${two(m)}` : m}:${two(s)}${tenths % 10 ? `.${tenths % 10}` : ""}`;
}

export function playFrom(seconds) {
  audio.currentTime = seconds;
  audio.addEventListener("loadedmetadata", () => { audio.currentTime = seconds; }, { once: true });
  const begun = audio.play();
  if (begun) begun.catch(() => {}); // said at "error"
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.from");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  playFrom(Number(link.hash.replace("#t=", "")) || 0);
});

audio.addEventListener("error", () => { status.textContent = status.dataset.failed; });
audio.addEventListener("playing", () => { status.textContent = ""; });

// A press on the picture of the sound goes there; the player's own bar is the way without a pointer.
document.querySelector(".listen .waveform")?.addEventListener("click", (event) => {
  const wave = event.currentTarget, { left, width } = wave.getBoundingClientRect();
  playFrom(Math.max(0, (event.clientX - left) / width) * Number(wave.dataset.seconds));
});
