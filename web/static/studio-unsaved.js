// Has the browser ask before a page is left on which something was written and not saved.
// What a refused form gives back was written, too, though no field of the new page was touched.
const kept = "main form.sheet.wide:not([enctype])";
let sent = false;

function isWritten(field) {
  if (field.type === "hidden" || field.type === "submit") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const told = [...field.options].find((one) => one.defaultSelected) || field.options[0];
  return field.value !== told.value;
}

function isUnsaved(form) {
  return "unsaved" in document.body.dataset || [...form.elements].some(isWritten);
}

// Sending one form saves nothing of another.
function others(form) {
  return [...document.querySelectorAll(kept)].filter((one) => one !== form && [...one.elements].some(isWritten));
}

addEventListener("submit", (event) => {
  sent = event.target.matches(kept) && !event.defaultPrevented && !others(event.target).length;
});
addEventListener("pageshow", () => { sent = false; });
addEventListener("beforeunload", (event) => {
  if (!sent && [...document.querySelectorAll(kept)].some(isUnsaved)) event.preventDefault();
});
