// Sign-up: tell the server the time zone of this browser; without it the site's own is taken.
const field = document.querySelector("input[name=time_zone]");
if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
