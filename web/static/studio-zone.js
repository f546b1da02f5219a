// Chooses the time zone of this browser where none is chosen yet. It goes nowhere but into the form.
const field = document.querySelector("#field-timezone");
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const names = (one) => [one.value, ...(one.dataset.older || "").split(" ")];
const found = [...field?.options || []].find((one) => names(one).includes(own));
if (found && !field.value) field.value = found.value;
