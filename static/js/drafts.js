// What this browser keeps of pages that are not saved yet: one draft a page, by writer and by the page's id. A draft
// holds the words, the version they were begun on, and what the server is known to hold (revision, synced, sending).
export const FIELDS = [
  "written_on", "title", "body", "weather", "mood", "style", "mode", "keywords", "tags", "woke_at", "slept_at", "all_styles",
];
const PREFIX = "draft:";
const user = document.body.dataset.user;
const keyOf = (page) => `${PREFIX}${user}:${page}`;

function attempt(act) {
  try {
    return act();
  } catch {
    // Storage may be full or switched off; the form itself still holds the text.
    return null;
  }
}

export const read = (page) => attempt(() => JSON.parse(localStorage.getItem(keyOf(page))));
export const write = (page, draft) => wiped || attempt(() => localStorage.setItem(keyOf(page), JSON.stringify(draft)));
export const drop = (page) => attempt(() => localStorage.removeItem(keyOf(page)));

// After a wipe nothing is kept any more, unless the writer stays and goes on.
let wiped = false;
export function goOn() {
  wiped = false;
}

export function dropAll() {
  wiped = true;
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

export const fieldsOf = (draft) => Object.fromEntries(FIELDS.map((name) => [name, draft[name] ?? ""]));

// The server keeps text in NFC; a text that differs in that alone is the same.
const plain = (words) => (words ?? "").replace(/\r\n?/g, "\n").normalize("NFC");
export const same = (one, other) =>
  Boolean(one && other) && FIELDS.every((name) => plain(one[name]) === plain(other[name]));

// Whether words of the server are known here: then nobody but this browser has changed them since.
export const knows = (draft, fields) => same(draft?.synced, fields) || same(draft?.sending, fields);

function all() {
  const keys = attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(keyOf("")))) ?? [];
  return keys
    .map((key) => ({ page: key.slice(keyOf("").length), draft: attempt(() => JSON.parse(localStorage.getItem(key))) }))
    .filter(({ draft }) => draft)
    .sort((one, other) => other.draft.at - one.draft.at);
}

// Drafts of pages that were never saved, the newest first.
export const ofNewPages = () => all().filter(({ draft }) => draft.isNew);

// Drafts that the server does not have as they stand here.
export const unsent = () => all().filter(({ draft }) => !same(fieldsOf(draft), draft.synced));
