// The writing form: a counter, a draft kept in this browser, and a word before unsaved text is left behind.
const LIMIT = 10_000;
const form = document.querySelector("form[data-draft]");
const body = form.elements.body;
const title = form.elements.title;
const version = form.elements.version;
const key = `draft:${document.body.dataset.user}:${form.dataset.draft}`;
// The version on which the unsaved text was begun; after a conflict the form itself already names a newer one.
let begunOn = ("conflict" in form.dataset && kept()?.version) || version.value;
const before = { title: title.value, body: body.value };
let leaving = false;

const isChanged = () =>
  "unsaved" in form.dataset || title.value !== before.title || body.value !== before.body;

function keep() {
  try {
    if (isChanged() && (title.value || body.value)) {
      localStorage.setItem(
        key,
        JSON.stringify({ title: title.value, body: body.value, version: begunOn }),
      );
    } else {
      localStorage.removeItem(key);
    }
  } catch {
    // Storage may be full or switched off; the form itself still holds the text.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Graphemes are what a reader counts; the limit is the server's, in code points after normalising.
const counter = form.querySelector(".counter-number");
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter(document.documentElement.lang) : null;

function count() {
  const text = body.value.normalize("NFC");
  const over = [...text].length - LIMIT;
  const number = graphemes ? [...graphemes.segment(text)].length : [...text].length;
  const { one, many, over: tooMany } = counter.dataset;
  const [words, value] = over > 0 ? [tooMany, over] : [number === 1 ? one : many, number];
  counter.textContent = words.replace("{number}", value.toLocaleString(document.documentElement.lang));
  counter.classList.toggle("counter-over", over > 0);
}

let later = 0;
function changed(event) {
  // A syllable that is still being composed is neither counted nor kept.
  if (event.isComposing) return;
  clearTimeout(later);
  later = setTimeout(() => {
    count();
    keep();
  }, 200);
}
form.addEventListener("input", changed);
form.addEventListener("compositionend", changed);
count();

// What was typed last comes back by itself, so that nothing typed now can push it out; one button undoes it.
function restore(draft) {
  const saved = version.value;
  title.value = draft.title;
  body.value = draft.body;
  // The version that the draft was begun on: where the page has moved on, the server shows both texts.
  if (draft.version) version.value = begunOn = draft.version;
  count();
  const note = document.createElement("div");
  note.className = "message message-info draft-note";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = form.dataset.restored;
  const forget = button(form.dataset.forget, "button button-small button-plain", () => {
    title.value = before.title;
    body.value = before.body;
    version.value = begunOn = saved;
    keep();
    count();
    note.remove();
    body.focus();
  });
  note.append(words, forget);
  form.prepend(note);
}

function button(words, classes, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = classes;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

const draft = kept();
if ("unsaved" in form.dataset) keep();
else if (draft && (draft.body !== body.value || draft.title !== title.value)) restore(draft);

form.addEventListener("submit", () => {
  clearTimeout(later);
  keep();
  leaving = true;
});
for (const link of document.querySelectorAll("[data-drops-draft]")) {
  link.addEventListener("click", () => {
    localStorage.removeItem(key);
    leaving = true;
  });
}
window.addEventListener("pageshow", () => (leaving = false));
window.addEventListener("beforeunload", (event) => {
  if (!leaving && isChanged()) event.preventDefault();
});

for (const copy of document.querySelectorAll("[data-copies]")) {
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copies).value);
    copy.textContent = copy.dataset.done;
  });
}
