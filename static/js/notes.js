// Notes above the writing form: a line of words and what can be done about it.
export function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small button-plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// Above the form, or before the part of it that is told of.
export function note(form, words, buttons, before = form.firstChild) {
  const made = document.createElement("div");
  made.className = "message message-info draft-note";
  made.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = words;
  made.append(line, ...buttons);
  before.before(made);
  return made;
}

// How a page that was never saved is told of: its day, and its first words where it has any.
export function beginning(fields, language) {
  const day = new Date(`${fields.written_on}T12:00`);
  const date = Number.isNaN(day.valueOf()) ? "" : day.toLocaleDateString(language, { dateStyle: "long" });
  return [date, (fields.title || fields.body || "").trim().split("\n")[0].slice(0, 40)].filter(Boolean).join(" · ");
}
