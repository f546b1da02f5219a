// "Split" splits where the cursor is. Without this file it does so where somebody put a line break.
let place = null;

document.addEventListener("selectionchange", () => {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) place = { field, at: field.selectionStart };
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.split"), field = button?.closest("fieldset").querySelector("textarea");
  if (!field || field.value.trim().includes("\n") || place?.field !== field) return;
  const before = field.value.slice(0, place.at), after = field.value.slice(place.at);
  if (before.trim() && after.trim()) field.value = `${before}\n${after}`;
}, { capture: true });
