// The search of an export: looks into files of this site, so what is asked stays in this page.
const MOST_BYTES = 500000, MOST_PARTS = 8, MOST_HITS = 30, MOST_SENTENCES = 3, PAUSE_MS = 300, PREFIX_LENGTH = 4;
const box = document.getElementById("static-search");
const { root, base, language } = box.dataset;
const field = box.querySelector("input"), told = box.querySelector("[role=status]"), list = box.querySelector("ol");
const files = {};
let finder, turn = 0;

const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsIn = text => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
const fits = (known, word) => known === word || (word.length > 2 && known.startsWith(word)) ||
  (word.length > 4 && (known + "s" === word || known + "es" === word));
const say = (key, values) => box.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function read(name) {
  return files[name] = files[name] || fetch(root + name).then(answer => {
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  });
}

function fileNumber(word, count) {
  let found = 0;
  for (const sign of [...word].slice(0, PREFIX_LENGTH)) found = (found * 31 + sign.codePointAt(0)) & 0xffffff;
  return found % count;
}

async function ready() {
  const [library, index] = await Promise.all([import("./minisearch.js"), read("index.json")]);
  if (!finder) {
    finder = new library.default({
      fields: ["title", "people", "chapters", "notes"], tokenize: wordsIn, processTerm: word => word,
      searchOptions: { boost: { title: 6, people: 3, chapters: 3 }, prefix: word => word.length > 2, combineWith: "AND" },
    });
    finder.addAll(index.texts.map((text, id) => ({ id, ...text })));
  }
  return index;
}

// Which parts of transcripts say the words, the best first: how many of the words, then how often.
async function partsThatSay(words, index, room) {
  const places = {};
  for (const word of words.slice().sort((a, b) => b.length - a.length)) {
    const number = fileNumber(word, index.words.length);
    if (index.words[number] > room.bytes) break;
    room.bytes -= index.words[number];
    const counts = {};
    for (const [known, found] of Object.entries(await read(`words/${number}.json`))) {
      if (!fits(known, word)) continue;
      for (let i = 0; i < found.length; i += 2) counts[found[i]] = (counts[found[i]] || 0) + found[i + 1];
    }
    for (const part in counts) places[part] = (places[part] || 0) + 1000 + Math.min(counts[part], 99);
  }
  return Object.entries(places).sort((a, b) => b[1] - a[1] || b[0] - a[0]).slice(0, MOST_PARTS);
}

async function sentencesSaid(words, index) {
  const room = { bytes: MOST_BYTES }, found = [];
  if (!index.parts.length) return found;
  for (const [number, weight] of await partsThatSay(words, index, room)) {
    const [text, tongue, bytes] = index.parts[number];
    if (bytes > room.bytes) continue;
    room.bytes -= bytes;
    const { cues, speakers } = await read(`spoken/${number}.json`);
    for (const [second, speaker, said] of cues) {
      const matched = matches(said, words);
      if (matched) found.push({ text, tongue, second, at: [language, index.texts[text].language].includes(tongue) ? "" : `transcript/${tongue.toLowerCase()}/`, speaker: speakers[speaker], said, matched, weight });
    }
  }
  return found;
}

const matches = (said, words) => {
  const known = wordsIn(said);
  return words.filter(word => known.some(one => fits(one, word))).length;
};

async function look(query) {
  const words = [...new Set(wordsIn(query))], index = await ready(), hits = {};
  if (!words.length) return [];
  const hit = (text, score) => {
    const one = hits[text.path] = hits[text.path] || { text, score: 0, said: [] };
    if (text.language === language) one.text = text;
    one.score = Math.max(one.score, score);
    return one;
  };
  for (const found of finder.search(query)) hit(index.texts[found.id], found.score);
  const said = await sentencesSaid(words, index), most = Math.max(0, ...said.map(one => one.matched));
  for (const one of said) if (one.matched === most) hit(index.texts[one.text], 0).said.push(one);
  for (const one of Object.values(hits)) {
    one.said.sort((a, b) => (b.tongue === language) - (a.tongue === language) || a.second - b.second);
    one.score += one.said.length && 5 * most / words.length + Math.log(1 + one.said.length);
  }
  if (!Object.keys(hits).length) for (const found of finder.search(query, { fuzzy: 0.2 })) hit(index.texts[found.id], found.score);
  return Object.values(hits).sort((a, b) => b.score - a.score || (a.text.day < b.text.day ? 1 : -1));
}

function made(name, properties, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

const marked = (text, words) => text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece, place) =>
  place % 2 && words.some(word => fits(fold(piece), word)) ? made("mark", {}, piece) : piece);

const clock = second => [second / 3600, second / 60 % 60, second % 60].map(Math.floor)
  .filter((number, place) => place || number).map((number, place) => place ? String(number).padStart(2, "0") : number).join(":");

function quotation(one, words, page) {
  const quote = made("blockquote", { lang: one.tongue }, made("p", {}, ...marked(one.said, words)));
  const source = made("p", { className: "meta" }, one.speaker || "");
  if (one.second >= 0) source.append(one.speaker ? " · " : "", made("a", { href: `${page}${one.at}?t=${one.second}#player` }, say("moment", { moment: clock(one.second) })));
  return [quote, source];
}

function shown({ text, said }, words, shows) {
  const show = shows[text.show], page = base + show.before[language] + text.path;
  const item = made("li", {}, made("h2", { lang: text.language }, made("a", { href: page }, text.title)));
  if (text.day) {
    const day = new Date(`${text.day}T00:00Z`).toLocaleDateString(language === "en" ? "en-GB" : language, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
    const [title, tongue] = show.titles[language];
    item.append(made("p", { className: "meta" }, made("span", { lang: tongue }, title), " ", made("span", {}, day)));
  }
  if (text.warning) item.append(made("p", { className: "warning" }, say("warning", { text: text.warning })));
  const written = (text.notes.match(/[^.?!\n]+[.?!]*/g) || []).find(sentence => matches(sentence, words) === words.length);
  if (said.length) said.slice(0, MOST_SENTENCES).forEach(one => item.append(...quotation(one, words, page)));
  else if (written) item.append(made("blockquote", { lang: text.language }, made("p", {}, ...marked(written.trim(), words))));
  return item;
}

async function show() {
  const query = field.value.trim(), mine = ++turn;
  history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
  if (!query) {
    list.textContent = "";
    told.textContent = "";
    return;
  }
  try {
    const hits = await look(query), words = wordsIn(query), { shows } = await read("index.json");
    if (mine !== turn) return; // something else is asked meanwhile
    list.textContent = "";
    list.append(...hits.slice(0, MOST_HITS).map(one => shown(one, words, shows)));
    told.textContent = hits.length ? say(hits.length === 1 ? "one" : "other", { count: hits.length }) : say("none", {});
  } catch (error) {
    if (mine !== turn) return;
    told.textContent = say("failed", {});
    throw error; // for whoever looks into the console; never what was asked
  }
}

let waiting;
box.hidden = false;
box.querySelector("form").addEventListener("submit", event => { event.preventDefault(); show(); });
field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, PAUSE_MS); });
field.value = new URLSearchParams(location.search).get("q") || new URLSearchParams(location.hash.slice(1)).get("q") || "";
if (field.value) show();
