// Drafts on the server: sent one at a time a little after the last key, and tried again when the line is back, or later
// and later. What comes back is told to the form: kept, only on this device, moved by another device, or saved there as
// a page.
import * as drafts from "./drafts.js";

const SOON_MS = 1_200;
const AGAIN_MS = 5_000;
const AGAIN_MOST_MS = 300_000;
const addressOf = (page) => `/drafts/${page}/`;

async function ask(page, token, how) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(addressOf(page), { redirect: "manual", headers, ...how });
  const body = await answer.json().catch(() => ({}));
  return { status: answer.status, body };
}

export const fetchDraft = (page, token) => ask(page, token, { method: "GET" });

export function post(page, draft, token, how = {}) {
  const sent = { fields: drafts.fieldsOf(draft), begun_on: Number(draft.version) || 0, seen: draft.revision || 0 };
  return ask(page, token, { method: "POST", body: JSON.stringify(sent), ...how });
}

export const forget = (page, token) => ask(page, token, { method: "DELETE" }).catch(() => null);

// Send what only this browser has; returns how many drafts could not be sent.
export async function sendAll(found, token) {
  let left = 0;
  for (const { page, draft } of found) {
    drafts.write(page, { ...draft, sending: drafts.fieldsOf(draft) });
    const { status, body } = await post(page, draft, token).catch(() => ({ status: 0 }));
    if (status !== 200) left += 1;
    else drafts.write(page, { ...draft, revision: body.revision, synced: drafts.fieldsOf(draft) });
  }
  return left;
}

// `now()` returns the draft as the form holds it, or null where there is nothing to keep; `tell(what, words)` hears
// what became of it: "kept", "device", "signed-out", "refused", "saved-elsewhere"; `moved(draft)` what another device kept.
export function keeper({ page, token, now, tell, moved }) {
  const state = { page, revision: 0, synced: null, sending: null, cut: false, held: false };
  let timer = 0;
  let running = null;
  let pause = AGAIN_MS;

  function store(draft) {
    drafts.write(state.page, { ...draft, revision: state.revision, synced: state.synced, sending: state.sending });
  }

  async function send() {
    const draft = now();
    if (!draft) {
      state.cut = false;
      if (state.revision) await forget(state.page, token);
      Object.assign(state, { revision: 0, synced: null, sending: null });
      return;
    }
    const fields = drafts.fieldsOf(draft);
    if (drafts.same(fields, state.synced)) {
      state.cut = false;
      return;
    }
    const target = state.page;
    state.sending = fields;
    store(draft);
    const { status, body } = await post(target, { ...draft, revision: state.revision }, token).catch(() => ({ status: -1 }));
    if (target !== state.page) return;
    state.cut = status === -1;
    const later = state.cut || status === 429 || status >= 500;
    pause = later ? Math.min(2 * pause, AGAIN_MOST_MS) : AGAIN_MS;
    if (status === 200) {
      Object.assign(state, { revision: body.revision, synced: fields, sending: null });
      const newest = now();
      if (newest) store(newest);
      tell("kept");
    } else if (status === 409) {
      if (drafts.knows(state, body.fields)) {
        // An answer of ours was lost on the way.
        state.revision = body.revision;
        await send();
      } else {
        state.held = true;
        moved(body);
      }
    } else if (status === 410) {
      state.held = true;
      if (body.same) drafts.drop(target);
      else tell("saved-elsewhere");
    } else if (status === 422) {
      tell("refused", body.words?.join(" "));
    } else {
      tell(state.cut ? "device" : "signed-out");
      clearTimeout(timer);
      if (later) timer = setTimeout(flush, pause);
    }
  }

  async function flush() {
    clearTimeout(timer);
    if (state.held) return;
    while (running) await running;
    running = send();
    await running.finally(() => (running = null));
  }

  function soon() {
    clearTimeout(timer);
    if (!state.held) timer = setTimeout(flush, SOON_MS);
  }

  // The page is left: the last words go along, whatever becomes of the answer.
  function leave() {
    clearTimeout(timer);
    const draft = now();
    const fields = draft && drafts.fieldsOf(draft);
    if (!draft || state.held || drafts.same(fields, state.synced) || drafts.same(fields, state.sending)) return;
    state.sending = fields;
    store(draft);
    post(state.page, { ...draft, revision: state.revision }, token, { keepalive: true }).catch(() => null);
  }

  // Another page, or what the server is known to hold of this one.
  function be(known) {
    clearTimeout(timer);
    Object.assign(state, { revision: 0, synced: null, sending: null, held: false }, known);
  }

  addEventListener("online", () => state.cut && flush());
  return { state, store, soon, flush, leave, be, stop: () => clearTimeout(timer) };
}
