// The writing form: a counter, drafts kept in this browser and on the server, and a word before unsaved text is left.
import * as drafts from "./drafts.js";
import * as keeping from "./keeping.js";
import { beginning, button, note } from "./notes.js";
import { keptLine } from "./kept-line.js";

const LIMIT = 10_000;
const OF_THE_DAY = ["title", "body", "weather", "mood", "keywords", "tags", "woke_at", "slept_at"];
const AGAIN_MS = 5_000;
const TABS_ANSWER_MS = 800;
const form = document.querySelector("form.writing");
const { body, version } = form.elements;
const newPage = form.querySelector("input[name=entry_id]");
const token = form.elements.csrfmiddlewaretoken.value;
const words = form.dataset;
const unsaved = "unsaved" in words;
const language = document.documentElement.lang;
const told = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

// A reload and a way back come to the same new page, though the server has thought of another id.
function be(id) {
  newPage.value = id;
  history.replaceState({ page: id }, "");
}
if (newPage) be((!unsaved && history.state?.page) || newPage.value);
let page = words.page || newPage.value;

const valueOf = (control) => (control.type === "checkbox" ? (control.checked ? "1" : "") : control.value);
const values = () => Object.fromEntries(drafts.FIELDS.map((name) => [name, valueOf(form.elements[name])]));
const differ = (one, other) => drafts.FIELDS.some((name) => one[name] !== other[name]);
function fill(found) {
  for (const name of drafts.FIELDS) {
    if (!(name in found)) continue;
    const control = form.elements[name];
    if (control.type === "checkbox") control.checked = Boolean(found[name]);
    else control.value = found[name];
  }
  form.dispatchEvent(new Event("filled"));
  count();
}

// The version on which the unsaved text was begun; after a conflict the form itself already names a newer one.
const earlier = drafts.read(page);
let begunOn = "conflict" in words && earlier ? earlier.version : version.value;
// As the server sent it; a browser that comes back may have filled in more already.
const before = Object.fromEntries(drafts.FIELDS.map((name) => [name, asSent(form.elements[name])]));
let leaving = false;
// Whether anything was typed or brought back here; a form that the browser filled in again is left alone.
let touched = false;

function asSent(control) {
  if (control.type === "checkbox") return control.defaultChecked ? "1" : "";
  if (!(control instanceof RadioNodeList)) return control.defaultValue;
  return [...control].find((choice) => choice.defaultChecked)?.value ?? "";
}

const isChanged = () => unsaved || differ(values(), before);

// What there is to keep; null where that is what is saved, or where a new page tells nothing of its day yet.
function draftNow() {
  const now = values();
  if (!isChanged() || (newPage && !OF_THE_DAY.some((name) => now[name]))) return null;
  return { ...now, version: newPage ? "" : begunOn, isNew: Boolean(newPage), at: Date.now() };
}

const line = keptLine(form.querySelector(".kept"), language);
const keeper = keeping.keeper({ page, token, now: draftNow, tell: line.tell, moved: showMoved });

function keep() {
  const draft = draftNow();
  if (draft) keeper.store(draft);
  else drafts.drop(page);
}

// Graphemes are what a reader counts; the limit is the server's, in code points after normalising.
const counter = form.querySelector(".counter-number");
const said = form.querySelector(".counter-said");
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter(language) : null;

function count() {
  const text = body.value.normalize("NFC");
  const over = [...text].length - LIMIT;
  const number = graphemes ? [...graphemes.segment(text)].length : [...text].length;
  const { one, many, over: tooMany } = counter.dataset;
  const [pattern, value] = over > 0 ? [tooMany, over] : [number === 1 ? one : many, number];
  counter.textContent = pattern.replace("{number}", value.toLocaleString(language));
  counter.classList.toggle("counter-over", over > 0);
  // Read out only where it matters; a number at every pause would drown the writing.
  said.textContent = over > 0 ? counter.textContent : "";
}

let later = 0;
function changed(event) {
  // A syllable that is still being composed is neither counted nor kept.
  touched = true;
  drafts.goOn();
  if (event.isComposing) return;
  clearTimeout(later);
  later = setTimeout(() => {
    count();
    keep();
    keeper.soon();
  }, 200);
}
form.addEventListener("input", changed);
form.addEventListener("compositionend", changed);
count();

const offers = new Map();
let question = null;

// What was typed last comes back; one button undoes it.
function restore(draft) {
  const saved = version.value;
  fill(draft);
  // The version that the draft was begun on: where the page has moved on, the server shows both texts.
  version.value = begunOn = draft.version;
  const back = button(words.forget, () => {
    fill(before);
    version.value = begunOn = saved;
    keep();
    keeper.flush();
    shown.remove();
    body.focus();
  });
  const shown = note(form, words.restored, [back]);
}

// Two devices went on with one text: the writer takes the one, the other, or both.
function showMoved(other) {
  question?.remove();
  line.tell("undecided");
  const decide = (known) => {
    question.remove();
    question = null;
    keeper.be({ revision: other.revision, synced: other.fields, ...known });
  };
  const theirs = button(words.takeTheirs, () => {
    decide();
    fill(other.fields);
    version.value = begunOn = String(other.begun_on || version.value);
    keep();
    line.tell("kept");
    body.focus();
  });
  const mine = button(words.takeMine, () => {
    decide();
    keeper.flush();
    body.focus();
  });
  const both = button(words.takeBoth, async () => {
    const apart = { ...other.fields, version: "", isNew: true, at: Date.now() };
    const fresh = crypto.randomUUID?.() ?? freshId();
    drafts.write(fresh, apart);
    decide();
    await keeping.sendAll([{ page: fresh, draft: apart }], token);
    await keeper.flush();
    offer(fresh, apart);
    body.focus();
  });
  const asks = words.moved.replace("{words}", () => beginning(other.fields, language));
  // Where the writer is; at the top of a long form nobody would see it.
  question = note(form, asks, [theirs, mine, both], body.closest(".field"));
}

// Where the browser knows no randomUUID, which it tells of on secure addresses alone.
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// What this browser and the server have of the page in hand become one, by what both knew last.
function settle(local, server) {
  touched = true;
  if (!server) {
    keeper.be({ revision: local.revision ?? 0, synced: local.synced, sending: local.sending });
    restore(local);
    return;
  }
  const fromServer = { ...server.fields, version: String(server.begun_on || version.value) };
  const untouched = local && drafts.same(drafts.fieldsOf(local), local.synced);
  const known = { revision: server.revision, synced: server.fields };
  if (!local || untouched) {
    keeper.be(known);
    restore(fromServer);
  } else if (drafts.same(drafts.fieldsOf(local), server.fields) || drafts.knows(local, server.fields)) {
    keeper.be(known);
    restore(local);
  } else {
    keeper.be({ held: true });
    restore(local);
    showMoved(server);
  }
}

// A page that was never saved is offered, not put into the form: it may be another day's, or another tab's.
function offer(waiting, fields) {
  offers.get(waiting)?.remove();
  const take = button(words.take, async () => {
    take.disabled = true;
    const found = await keeping.fetchDraft(waiting, token).catch(() => null);
    const local = drafts.read(waiting);
    const server = found?.status === 200 ? found.body : null;
    if (!local && !server) {
      line.tell("device-away");
      take.disabled = false;
      return;
    }
    // What has been typed here meanwhile stays a draft of its own.
    keep();
    await keeper.flush();
    for (const shown of offers.values()) shown.remove();
    page = waiting;
    be(page);
    keeper.be({ page });
    settle(local, server);
    keep();
    keeper.soon();
    body.focus();
  });
  const forget = button(words.forget, () => {
    drafts.drop(waiting);
    keeping.forget(waiting, token);
    shown.remove();
    body.focus();
  });
  const shown = note(form, words.waiting.replace("{words}", () => beginning(fields, language)), [take, forget]);
  offers.set(waiting, shown);
}

const listed = (told("unfinished") ?? []).filter((one) => one.page !== page);
const elsewhere = told("kept-draft");
if (unsaved) {
  const synced = words.revision ? before : (earlier?.synced ?? null);
  keeper.be({ revision: Number(words.revision) || earlier?.revision || 0, synced });
  keep();
} else if (earlier?.revision && !elsewhere && !newPage && drafts.same(drafts.fieldsOf(earlier), earlier.synced)) {
  // It was saved or thrown away on another device.
  drafts.drop(page);
} else if (earlier && drafts.same(values(), drafts.fieldsOf(earlier)) && !elsewhere) {
  version.value = begunOn = earlier.version;
  keeper.be({ revision: earlier.revision ?? 0, synced: earlier.synced, sending: earlier.sending });
} else if (earlier || elsewhere) {
  settle(earlier, elsewhere);
}
if (newPage && !unsaved) {
  const known = new Set(listed.map((one) => one.page));
  const gone = ({ draft }) => draft.revision && drafts.same(drafts.fieldsOf(draft), draft.synced);
  const local = drafts.ofNewPages().filter((found) => found.page !== page && !known.has(found.page));
  for (const found of local.filter(gone)) drafts.drop(found.page);
  const waiting = [
    ...local.filter((found) => !gone(found)).map(({ page: id, draft }) => ({ id, at: draft.at, fields: draft })),
    ...listed.map((one) => ({ id: one.page, at: one.at, fields: { written_on: one.day, body: one.beginning } })),
  ].sort((one, other) => other.at - one.at);
  for (const one of waiting.slice(0, 3).reverse()) offer(one.id, one.fields);
}

// What another tab is still writing is that tab's own.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("drafts") : null;
const inOtherTabs = new Set();
tabs?.addEventListener("message", ({ data }) => {
  if (data.asks && isChanged()) tabs.postMessage({ writes: page });
  if (data.writes) inOtherTabs.add(data.writes);
  offers.get(data.writes)?.remove();
});
tabs?.postMessage({ asks: true });
// What was written while the line was gone, and no tab holds any more, goes to the server now.
setTimeout(() => {
  const alone = drafts.unsent().filter((found) => found.page !== page && !inOtherTabs.has(found.page));
  if (navigator.onLine) keeping.sendAll(alone, token);
  if (touched || unsaved) keeper.soon();
}, TABS_ANSWER_MS);

let sentAt = -Infinity;
form.addEventListener("submit", async (event) => {
  if (event.submitter?.name === "question") return;
  // A second press on a slow network; should it come through after all, the server saves the page once.
  if (event.timeStamp - sentAt < AGAIN_MS) {
    event.preventDefault();
    return;
  }
  clearTimeout(later);
  keep();
  if (!navigator.onLine || keeper.state.cut) {
    // A form that is sent into nowhere is replaced by the browser's own words; the text would be out of sight.
    event.preventDefault();
    line.tell("not-saved");
    if (!navigator.onLine) return;
    await keeper.flush();
    if (!keeper.state.cut) form.requestSubmit(event.submitter);
    return;
  }
  sentAt = event.timeStamp;
  keeper.stop();
  if (event.submitter?.name === "entry_id") {
    // After a conflict: kept as a page of its own, so what is saved there stays as it is.
    drafts.drop(page);
    page = event.submitter.value;
    keeper.be({ page, held: true });
  }
  keep();
  leaving = true;
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-saves]"));
});
for (const link of document.querySelectorAll("[data-drops-draft]")) {
  link.addEventListener("click", () => {
    keeper.be({ held: true });
    drafts.drop(page);
    keeping.forget(page, token);
    leaving = true;
  });
}
addEventListener("online", () => line.tell("online"));
addEventListener("offline", () => draftNow() && line.tell("device"));
addEventListener("pagehide", () => {
  if (leaving || !touched) return;
  keep();
  keeper.leave();
});
addEventListener("pageshow", () => {
  // By now the browser has filled in what was there. An empty form is a page of its own, whatever was saved from it.
  if (newPage && !unsaved && !form.elements.title.value && !body.value && !drafts.read(page)) {
    page = words.fresh;
    be(page);
    keeper.be({ page });
  }
  count();
  leaving = false;
  sentAt = -Infinity;
});
addEventListener("beforeunload", (event) => {
  if (!leaving && isChanged()) event.preventDefault();
});
