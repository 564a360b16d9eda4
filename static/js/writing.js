// The writing form: a counter, a draft kept in this browser, and a word before unsaved text is left behind.
import * as drafts from "./drafts.js";

const LIMIT = 10_000;
const AGAIN_MS = 5_000;
const KEPT = ["written_on", "title", "body", "weather", "mood", "style", "mode", "keywords", "tags", "woke_at", "slept_at"];
const form = document.querySelector("form.writing");
const { body, version } = form.elements;
const newPage = form.querySelector("input[name=entry_id]");
const unsaved = "unsaved" in form.dataset;

// A reload and a way back come to the same new page, though the server has thought of another id.
function be(id) {
  newPage.value = id;
  history.replaceState({ page: id }, "");
}
if (newPage) be((!unsaved && history.state?.page) || newPage.value);
let page = form.dataset.page || newPage.value;

const values = () => Object.fromEntries(KEPT.map((name) => [name, form.elements[name].value]));
const differ = (one, other) => KEPT.some((name) => one[name] !== other[name]);
function fill(found) {
  for (const name of KEPT) if (name in found) form.elements[name].value = found[name];
}

// The version on which the unsaved text was begun; after a conflict the form itself already names a newer one.
const earlier = drafts.read(page);
let begunOn = "conflict" in form.dataset && earlier ? earlier.version : version.value;
// As the server sent it; a browser that comes back may have filled in more already.
const before = Object.fromEntries(KEPT.map((name) => [name, asSent(form.elements[name])]));
let leaving = false;

function asSent(control) {
  if (!(control instanceof RadioNodeList)) return control.defaultValue;
  return [...control].find((choice) => choice.defaultChecked)?.value ?? "";
}

const isChanged = () => unsaved || differ(values(), before);

function keep() {
  const now = values();
  if (isChanged() && (now.title || now.body)) {
    drafts.write(page, { ...now, version: begunOn, isNew: Boolean(newPage), at: Date.now() });
  } else {
    drafts.drop(page);
  }
}

// Graphemes are what a reader counts; the limit is the server's, in code points after normalising.
const counter = form.querySelector(".counter-number");
const said = form.querySelector(".counter-said");
const language = document.documentElement.lang;
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter(language) : null;

function count() {
  const text = body.value.normalize("NFC");
  const over = [...text].length - LIMIT;
  const number = graphemes ? [...graphemes.segment(text)].length : [...text].length;
  const { one, many, over: tooMany } = counter.dataset;
  const [words, value] = over > 0 ? [tooMany, over] : [number === 1 ? one : many, number];
  counter.textContent = words.replace("{number}", value.toLocaleString(language));
  counter.classList.toggle("counter-over", over > 0);
  // Read out only where it matters; a number at every pause would drown the writing.
  said.textContent = over > 0 ? counter.textContent : "";
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

function note(words, ...buttons) {
  const made = document.createElement("div");
  made.className = "message message-info draft-note";
  made.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = words;
  made.append(line, ...buttons);
  form.prepend(made);
  return made;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small button-plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// What was typed last comes back; one button undoes it.
function restore(draft) {
  const saved = version.value;
  fill(draft);
  // The version that the draft was begun on: where the page has moved on, the server shows both texts.
  version.value = begunOn = draft.version;
  count();
  const forget = button(form.dataset.forget, () => {
    fill(before);
    version.value = begunOn = saved;
    keep();
    count();
    told.remove();
    body.focus();
  });
  const told = note(form.dataset.restored, forget);
}

// A page that was never saved is offered, not put into the form: it may be another day's, or another tab's.
const offers = new Map();

function offer(waiting, draft) {
  const take = button(form.dataset.take, () => {
    const found = drafts.read(waiting);
    for (const told of offers.values()) told.remove();
    if (!found) return;
    // What has been typed here meanwhile stays a draft of its own.
    keep();
    page = waiting;
    be(page);
    restore(found);
    body.focus();
  });
  const forget = button(form.dataset.forget, () => {
    drafts.drop(waiting);
    told.remove();
    body.focus();
  });
  const day = new Date(`${draft.written_on}T12:00`);
  const date = Number.isNaN(day.valueOf()) ? "" : `${day.toLocaleDateString(language, { dateStyle: "long" })} · `;
  const words = date + (draft.title || draft.body).trim().split("\n")[0].slice(0, 40);
  const told = note(form.dataset.waiting.replace("{words}", () => words), take, forget);
  offers.set(waiting, told);
}

if (unsaved) {
  keep();
} else {
  if (earlier && differ(values(), { ...values(), ...earlier })) restore(earlier);
  else if (earlier) version.value = begunOn = earlier.version;
  const others = newPage ? drafts.ofNewPages().filter((found) => found.page !== page) : [];
  for (const found of others.slice(0, 3).reverse()) offer(found.page, found.draft);
}

// What another tab is still writing is that tab's own.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("drafts") : null;
tabs?.addEventListener("message", ({ data }) => {
  if (data.asks && isChanged()) tabs.postMessage({ writes: page });
  offers.get(data.writes)?.remove();
});
tabs?.postMessage({ asks: true });

let sentAt = -Infinity;
form.addEventListener("submit", (event) => {
  // A second press on a slow network; should it come through after all, the server saves the page once.
  if (event.timeStamp - sentAt < AGAIN_MS) {
    event.preventDefault();
    return;
  }
  sentAt = event.timeStamp;
  clearTimeout(later);
  if (event.submitter?.name === "entry_id") {
    // After a conflict: kept as a page of its own, so what is saved there stays as it is.
    drafts.drop(page);
    page = event.submitter.value;
  }
  keep();
  leaving = true;
});
for (const link of document.querySelectorAll("[data-drops-draft]")) {
  link.addEventListener("click", () => {
    drafts.drop(page);
    leaving = true;
  });
}
window.addEventListener("pageshow", () => {
  // By now the browser has filled in what was there. An empty form is a page of its own, whatever was saved from it.
  if (newPage && !unsaved && !form.elements.title.value && !body.value && !drafts.read(page)) {
    page = form.dataset.fresh;
    be(page);
  }
  count();
  leaving = false;
  sentAt = -Infinity;
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && isChanged()) event.preventDefault();
});
