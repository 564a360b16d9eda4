// Every page: what must happen when a session ends or a fragment cannot come. No page needs it to work.
import * as drafts from "./drafts.js";
import { sendAll } from "./keeping.js";

// Signing out leaves nothing behind on this machine. The server keeps the unsaved text; what cannot get there is asked
// about before it is wiped.
for (const form of document.querySelectorAll("form[data-wipes-drafts]")) {
  let sure = false;
  form.addEventListener("submit", async (event) => {
    const alone = sure ? [] : drafts.unsent();
    if (!alone.length) {
      drafts.dropAll();
      return;
    }
    event.preventDefault();
    const left = await sendAll(alone, form.elements.csrfmiddlewaretoken.value);
    if (left && !confirm(form.dataset.wipesDrafts)) return;
    sure = true;
    form.requestSubmit(event.submitter);
  });
}
if (document.querySelector("[data-tags~=wipes-drafts]")) drafts.dropAll();

// The server says that a page is saved, so what this browser kept of it is not needed any more.
const saved = document.querySelector("[data-tags~=saved]");
const sheet = document.querySelector("[data-entry]");
if (saved && sheet) drafts.drop(sheet.dataset.entry);

// What came of a press that changed nothing. The line is there before, so that a screen reader hears of it.
const refusal = document.getElementById("refusal");
const isPress = (ctx) => Boolean(ctx?.sourceElement?.matches?.("form"));
function tell(words, ctx) {
  if (refusal && isPress(ctx)) refusal.textContent = words;
}
for (const close of document.querySelectorAll("[data-empties]")) {
  close.addEventListener("click", () => document.getElementById(close.dataset.empties).replaceChildren());
}
document.addEventListener("htmx:before:request", (event) => tell("", event.detail.ctx));
document.addEventListener("htmx:error", (event) => tell(refusal?.dataset.failed, event.detail.ctx));

// A fragment that was led elsewhere (to the sign-in page) or refused: show the whole page instead.
document.addEventListener("htmx:before:response", (event) => {
  const answer = event.detail.ctx.response;
  if (answer.raw.redirected || (answer.status >= 400 && answer.status < 500)) {
    event.preventDefault();
    location.reload();
  } else if (answer.status >= 500) {
    tell(refusal?.dataset.failed, event.detail.ctx);
  }
});

// A button that held the focus may be gone from the new fragment; the reader goes on at the picture then. A press
// leads there; where the fragment came by itself, the window stays where it is.
let held = null;
document.addEventListener("htmx:before:swap", () => {
  held = document.activeElement;
});
document.addEventListener("htmx:after:swap", (event) => {
  const lost = document.activeElement === document.body && (isPress(event.detail.ctx) || held !== document.body);
  if (lost) document.getElementById("picture-box")?.focus({ preventScroll: !isPress(event.detail.ctx) });
});

for (const copy of document.querySelectorAll("[data-copies]")) {
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copies).value);
    copy.textContent = copy.dataset.done;
  });
}

document.querySelector("[data-takes-focus]")?.focus();
