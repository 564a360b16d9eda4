// A page of the diary: to the one before and the one after by arrow key and by swipe, and the stamp as it is put on.
// Links do the same without this script; a browser that knows no view transitions shows the next page at once.
const FAR = 64; // pixels that a swipe must go
const EDGE = 28; // pixels at the side of the window, which belong to the browser's own gesture of going back
const LONG = 700; // milliseconds after which a touch is no swipe any more
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const sheet = document.querySelector("article.sheet");
const towards = (rel) => document.querySelector(`head link[rel=${rel}]`)?.href;

const turning = document.getElementById("turning");

function turn(rel) {
  const target = towards(rel);
  if (!target) return false;
  turning.disabled = false;
  location.assign(target);
  return true;
}
for (const link of document.querySelectorAll(".page-turns a")) {
  link.addEventListener("click", () => {
    turning.disabled = false;
  });
}

document.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.isComposing || event.target.closest("input, textarea, select, [contenteditable], dialog, [role=menu]")) return;
  if (turn(rel)) event.preventDefault();
});

// The sheet follows the finger a little. Moves up and down are the browser's (touch-action), which cancels ours then.
let start = null;
function pull(by) {
  const moved = by && !calm.matches;
  sheet.classList.toggle("sheet-pulled", Boolean(moved));
  if (moved) sheet.style.setProperty("--pull", `${by}px`);
}
function letGo() {
  start = null;
  pull(0);
}
sheet?.addEventListener("touchstart", (event) => {
  letGo();
  const touch = event.touches[0];
  const fromEdge = touch.clientX < EDGE || touch.clientX > innerWidth - EDGE;
  const zoomed = (visualViewport?.scale ?? 1) > 1.01;
  if (event.touches.length > 1 || fromEdge || zoomed || event.target.closest("input, textarea, select")) return;
  start = { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
}, { passive: true });
sheet?.addEventListener("touchmove", (event) => {
  if (!start) return;
  const { dx, dy } = way(event.touches[0]);
  if (event.touches.length > 1 || Math.abs(dy) > Math.max(24, Math.abs(dx))) letGo();
  else if (towards(dx > 0 ? "prev" : "next")) pull(Math.sign(dx) * Math.min(Math.abs(dx) * 0.4, 60));
}, { passive: true });
sheet?.addEventListener("touchend", (event) => {
  if (!start) return;
  const { dx, dy } = way(event.changedTouches[0]);
  const swift = event.timeStamp - start.at < LONG;
  letGo();
  const marking = String(getSelection()) !== "";
  if (swift && !marking && Math.abs(dx) >= FAR && Math.abs(dx) > 2 * Math.abs(dy)) turn(dx > 0 ? "prev" : "next");
}, { passive: true });
sheet?.addEventListener("touchcancel", letGo, { passive: true });
function way(touch) {
  return { dx: touch.clientX - start.x, dy: touch.clientY - start.y };
}

// Which way the page turns is known by the page that is turned to: it lies beside the one that was left.
addEventListener("pagereveal", async (event) => {
  const from = globalThis.navigation?.activation?.from?.url.split("#")[0];
  const side = from && { [towards("prev")]: "forwards", [towards("next")]: "backwards" }[from];
  const transition = event.viewTransition;
  if (transition && side) transition.types.add(side);
  else transition?.skipTransition();
  await Promise.allSettled([transition?.ready, transition?.finished]);
  turning.disabled = true;
});

// The stamp falls once, on the picture that this reader saw come.
let stamped = Boolean(document.querySelector(".stamp"));
document.addEventListener("htmx:after:swap", () => {
  const stamp = document.querySelector(".stamp");
  if (stamp && !stamped) stamp.classList.add("stamp-falls");
  stamped ||= Boolean(stamp);
});
