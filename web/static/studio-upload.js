// Sends recordings in pieces: shows how far each is, waits where the line is broken, and goes on where it stopped.
// Without this file the form sends them whole, in one request.
const form = document.querySelector("form.sending");
const list = form.querySelector(".sent"), status = form.querySelector("[role=status]");
const button = form.querySelector("button"), token = form.elements.csrf.value, said = form.dataset;
const PIECE_BYTES = 4 * 1024 * 1024, WAITS_SECONDS = [1, 2, 5, 10, 20, 30], AT_ONCE = 2;
const headers = { "X-CSRF-Token": token };

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

class Refused extends Error {}

class Full extends Error {}

async function answer(response) {
  if (response.ok) return response;
  if (response.status === 507) throw new Full();
  const told = await response.json().catch(() => ({}));
  if (response.status >= 500 || told.code === "show-busy" || told.code === "upload-busy") throw new Error(told.why);
  throw new Refused(told.why || said.failed);
}

// Again and again while only the line is at fault, each time a little later; gives up after half an hour.
async function patiently(row, ask) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await answer(await ask());
    } catch (error) {
      if (error instanceof Refused || tries > 60) throw error;
      row.note.textContent = error instanceof Full ? said.full : said.again;
      await pause(WAITS_SECONDS[Math.min(tries, WAITS_SECONDS.length - 1)]);
    }
  }
}

function rowOf(file) {
  const item = document.createElement("li"), name = document.createElement("span");
  const bar = document.createElement("progress"), note = document.createElement("p");
  name.textContent = file.name;
  note.className = "hint";
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, bar, note);
  list.append(item);
  return { item, name, bar, note };
}

// What goes with a file that came in pieces: its name there, and what was written beside it.
function typed(upload) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new URLSearchParams([...fields, ["upload", upload]]);
}

async function send(file) {
  const row = rowOf(file);
  try {
    if (file.size > Number(said.limit)) throw new Refused(said.large);
    const asked = new URLSearchParams({ name: file.name, size: file.size, modified: file.lastModified });
    const begin = () => fetch(said.pieces, { method: "POST", headers, body: asked });
    let { id, address, offset } = await (await patiently(row, begin)).json();
    const whereFrom = async () => Number((await answer(await fetch(address))).headers.get("Upload-Offset"));
    const piece = async () => {
      offset = row.isBroken ? await whereFrom() : offset;
      row.isBroken = true;
      const headed = { ...headers, "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
      const response = await fetch(address, { method: "PATCH", headers: headed, body: file.slice(offset, offset + PIECE_BYTES) });
      row.isBroken = !response.ok;
      return response;
    };
    while (offset < file.size) {
      row.bar.value = offset;
      row.note.textContent = said.sending.replace("…%", `${Math.floor((100 * offset) / file.size)} %`);
      offset = Number((await patiently(row, piece)).headers.get("Upload-Offset"));
    }
    row.bar.value = file.size;
    row.note.textContent = said.taking;
    const end = () => fetch(said.end || address, { method: "POST", headers, body: said.end && typed(id) });
    const made = await (await patiently(row, end)).json();
    return ready(row, made);
  } catch (error) {
    row.bar.remove();
    row.note.className = "problem";
    row.note.textContent = error instanceof Refused ? error.message : said.failed;
    return null;
  }
}

function ready(row, made) {
  const link = document.createElement("a");
  link.href = made.address;
  link.textContent = made.title;
  row.name.replaceWith(link);
  row.bar.remove();
  row.note.textContent = said.ready;
  return made.address;
}

form.addEventListener("submit", async (event) => {
  const files = [...form.elements.audio.files];
  if (!files.length) return;
  event.preventDefault();
  const waiting = files.slice(), made = [];
  button.disabled = true;
  status.textContent = said.taking;
  const work = async () => { while (waiting.length) made.push(await send(waiting.shift())); };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  button.disabled = false;
  form.elements.audio.value = "";
  status.textContent = [...list.querySelectorAll("p")].map((one) => one.textContent).join(" ");
  if (files.length === 1 && made[0]) location.assign(made[0]);
});

addEventListener("beforeunload", (event) => { if (button.disabled) event.preventDefault(); });
