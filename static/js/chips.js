// Keywords and tags: the plain field with commas stays what is sent; over it lie words that can be taken out one by one.
const COMMAS = /[,，、\n]/;

function enhance(holder) {
  const field = holder.querySelector("input[type=text]");
  const entry = field.cloneNode();
  const list = document.createElement("ul");
  list.className = "word-list";
  entry.removeAttribute("name");
  entry.value = "";
  entry.placeholder = " ";
  entry.autocomplete = "off";
  if (holder.dataset.list) entry.setAttribute("list", holder.dataset.list);
  // The label and the summary of errors lead to what can be seen.
  field.type = "hidden";
  field.removeAttribute("id");
  field.after(list, entry);

  const words = () => [...list.children].map((item) => item.dataset.word);
  const pending = () => entry.value.trim();

  function told() {
    field.value = [...words(), pending()].filter(Boolean).join(", ");
    holder.classList.toggle("words-none", !list.children.length);
  }

  function add(word) {
    const clean = word.trim();
    if (!clean || words().some((known) => known.toLowerCase() === clean.toLowerCase())) return;
    const item = document.createElement("li");
    item.dataset.word = clean;
    const text = document.createElement("span");
    text.textContent = clean;
    const out = document.createElement("button");
    out.type = "button";
    out.className = "word-out";
    out.setAttribute("aria-label", holder.dataset.remove.replace("{word}", () => clean));
    out.textContent = "×";
    out.addEventListener("click", () => {
      item.remove();
      told();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      entry.focus();
    });
    item.append(text, out);
    list.append(item);
  }

  function take() {
    for (const word of entry.value.split(COMMAS)) add(word);
    entry.value = "";
    told();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function refill() {
    list.replaceChildren();
    entry.value = "";
    for (const word of field.value.split(COMMAS)) add(word);
    told();
  }

  entry.addEventListener("input", (event) => {
    if (!event.isComposing && COMMAS.test(entry.value)) take();
    else told();
  });
  entry.addEventListener("compositionend", () => (COMMAS.test(entry.value) ? take() : told()));
  entry.addEventListener("change", take);
  entry.addEventListener("keydown", (event) => {
    // The Enter that ends a composition belongs to the keyboard, not to us.
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !entry.value && list.lastElementChild) {
      event.preventDefault();
      list.lastElementChild.remove();
      told();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  field.form.addEventListener("filled", refill);
  addEventListener("pageshow", refill);
  refill();
}

for (const holder of document.querySelectorAll("[data-words]")) enhance(holder);
