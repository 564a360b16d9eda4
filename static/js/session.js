// Every page: what must happen when a session ends or a fragment cannot come. No page needs it to work.
const DRAFTS = "draft:";

function dropDrafts(matches) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(DRAFTS) && matches(key)) localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps no storage has no drafts either.
  }
}

// Signing out leaves nothing behind on this machine.
for (const form of document.querySelectorAll("form[data-wipes-drafts]")) {
  form.addEventListener("submit", () => dropDrafts(() => true));
}

// The server says that a page is saved, so what this browser kept of it is not needed any more.
const user = document.body.dataset.user;
const saved = document.querySelector("[data-tags~=saved]");
const sheet = document.querySelector("[data-entry]");
if (user && saved && sheet) {
  const name = sheet.dataset.version === "1" ? "new" : sheet.dataset.entry;
  dropDrafts((key) => key === `${DRAFTS}${user}:${name}`);
}

// A fragment that was led elsewhere (to the sign-in page) or refused: show the whole page instead.
document.addEventListener("htmx:before:response", (event) => {
  const answer = event.detail.ctx.response;
  if (answer.raw.redirected || (answer.status >= 400 && answer.status < 500)) {
    event.preventDefault();
    location.reload();
  }
});

// A button that was pressed may be gone from the new fragment; the reader goes on at the picture then.
document.addEventListener("htmx:after:swap", (event) => {
  const pressed = event.detail.ctx?.sourceElement?.matches?.("form");
  if (pressed && document.activeElement === document.body) {
    document.getElementById("picture-box")?.focus();
  }
});

document.querySelector("[data-takes-focus]")?.focus();
