// Copies an address for the reader; shows the field itself where the browser will not let a script copy.
export async function copy(field, text) {
  field.value = text;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // no permission, or a page without https
    const hidden = field.closest("[hidden]");
    if (hidden) hidden.removeAttribute("hidden");
    field.focus();
    field.select();
    return false;
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copy(field, field.value))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 3000);
  });
}
