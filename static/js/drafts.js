// What this browser keeps of pages that are not saved yet: one draft a page, by writer and by the page's id.
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
export const write = (page, draft) => attempt(() => localStorage.setItem(keyOf(page), JSON.stringify(draft)));
export const drop = (page) => attempt(() => localStorage.removeItem(keyOf(page)));

export function dropAll() {
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

// Drafts of pages that were never saved, the newest first.
export function ofNewPages() {
  const keys = attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(keyOf("")))) ?? [];
  return keys
    .map((key) => ({ page: key.slice(keyOf("").length), draft: attempt(() => JSON.parse(localStorage.getItem(key))) }))
    .filter(({ draft }) => draft?.isNew)
    .sort((one, other) => other.draft.at - one.draft.at);
}
