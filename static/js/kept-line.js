// The quiet line beside the save button: where the unsaved text is kept, and since when. A screen reader hears of it
// only where the place changes; the minutes pass in silence.
const MINUTE_MS = 60_000;

export function keptLine(place, language) {
  const shown = place.querySelector(".kept-words");
  const said = place.querySelector(".kept-said");
  const ago = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  const state = { what: "", words: "", at: 0 };

  function show() {
    const minutes = Math.floor((Date.now() - state.at) / MINUTE_MS);
    const when = minutes < 1 ? place.dataset.justNow : ago.format(-minutes, "minute");
    const timed = ["kept", "device"].includes(state.what);
    shown.textContent = timed ? `${state.words} · ${when}` : state.words;
  }

  function tell(what, words) {
    // The line came back: what was kept on this device is told again by whoever sends it on.
    if (what === "online") {
      if (state.what !== "not-saved") return;
    }
    const key = what.replace(/-(\w)/g, (_all, letter) => letter.toUpperCase());
    const changed = what !== state.what;
    Object.assign(state, { what, words: words || place.dataset[key] || "", at: Date.now() });
    show();
    place.dataset.state = what;
    if (changed) said.textContent = state.words;
  }

  setInterval(() => state.what && show(), MINUTE_MS);
  return { tell };
}
