// Chapters while listening: the player's moment goes into a row, and rows come and go without a new page, so that the
// recording plays on. Without this file the same buttons send the form.
import { audio, clockOf, secondsOf } from "./studio-listen.js";

const form = document.querySelector("form.chaptering"), list = form.querySelector(".chapter-rows");
const MORE = 5, MOST = 200;

// Each row's fields are told apart by its number.
function count() {
  [...list.children].forEach((item, at) => {
    item.querySelector("legend").textContent = form.dataset.row.replace("{}", at + 1);
    for (const field of item.querySelectorAll("[id^=field-]")) {
      const id = field.id.replace(/\d+$/, at), label = item.querySelector(`label[for="${field.id}"]`);
      if (label) label.htmlFor = id;
      field.id = id;
    }
    const hidden = item.querySelector("[name=hidden]"), drop = item.querySelector(".drop");
    if (hidden) hidden.value = at;
    drop.value = `drop-${at}`;
    drop.querySelector("span").textContent = ` ${at + 1}`;
  });
}

function empty(item) {
  for (const field of item.querySelectorAll("input")) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const told of item.querySelectorAll(".problem")) told.remove();
  for (const cell of item.querySelectorAll(".has-problem")) cell.classList.remove("has-problem");
  follow(item);
  return item;
}

function follow(item) {
  const link = item.querySelector("a.from"), seconds = secondsOf(item.querySelector("[name=time]").value);
  link.hidden = seconds === null;
  link.hash = `t=${seconds || 0}`;
  link.querySelector("span").textContent = ` ${item.querySelector("[name=time]").value}`;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button"), item = event.target.closest(".chapter-rows > li");
  if (!button) return;
  if (button.matches(".now")) {
    const time = item.querySelector("[name=time]"), title = item.querySelector("[name=title]");
    time.value = clockOf(audio.currentTime);
    follow(item);
    (title.value ? time : title).focus();
  } else if (button.matches(".drop")) {
    event.preventDefault();
    if (list.children.length === 1) empty(item);
    else {
      const near = item.nextElementSibling || item.previousElementSibling;
      item.remove();
      near.querySelector("[name=time]").focus();
    }
    count();
  } else if (button.matches(".more")) {
    event.preventDefault();
    const first = list.children.length;
    for (let at = first; at < Math.min(first + MORE, MOST); at += 1) list.append(empty(list.lastElementChild.cloneNode(true)));
    count();
    if (list.children[first]) list.children[first].querySelector("[name=time]").focus();
  }
});
list.addEventListener("input", (event) => { if (event.target.name === "time") follow(event.target.closest("li")); });
for (const button of form.querySelectorAll(".now")) button.hidden = false;
