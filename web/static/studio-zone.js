// Chooses the time zone of this browser where none is chosen yet. It goes nowhere but into the form.
const field = document.querySelector("#field-timezone");
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && !field.value && [...field.options].some((one) => one.value === own)) field.value = own;
