// Small helps of the writing form: another question, previews of chosen photos, a text field as high as its text.
const form = document.querySelector("form.writing");

const asked = form.querySelector(".question");
if (asked) {
  const all = JSON.parse(document.getElementById("questions").textContent);
  const another = asked.querySelector("button");
  another.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(another.value) % all.length;
    asked.querySelector(".question-words").textContent = all[number];
    another.value = number + 1;
  });
}

// "This is yesterday's page" is true of one day alone, whoever fills it in.
const late = form.querySelector("[data-late]");
if (late) {
  const tell = () => {
    late.hidden = form.elements.written_on.value !== late.dataset.late;
  };
  for (const happening of ["input", "filled"]) form.addEventListener(happening, tell);
  tell();
}

const files = form.querySelector("input[type=file]");
const previews = form.querySelector(".photo-previews");
let chosen = [];

function show() {
  for (const image of previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  previews.replaceChildren(
    ...chosen.map((file, place) => {
      const item = document.createElement("li");
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = files.dataset.chosen.replace("{number}", place + 1);
      const out = document.createElement("button");
      out.type = "button";
      out.className = "word-out";
      out.textContent = "×";
      out.setAttribute("aria-label", files.dataset.remove.replace("{number}", place + 1));
      out.addEventListener("click", () => {
        chosen.splice(place, 1);
        put();
        files.focus();
      });
      item.append(image, out);
      return item;
    }),
  );
}

function put() {
  const transfer = new DataTransfer();
  for (const file of chosen) transfer.items.add(file);
  files.files = transfer.files;
  show();
}

files?.addEventListener("change", () => {
  const most = Number(files.dataset.most);
  const known = new Set(chosen.map((file) => `${file.name} ${file.size}`));
  const found = [...chosen, ...[...files.files].filter((file) => !known.has(`${file.name} ${file.size}`))];
  chosen = found.slice(0, most);
  form.querySelector(".photo-said").textContent = found.length > most ? files.dataset.tooMany : "";
  put();
});

const { body } = form.elements;
if (!CSS.supports("field-sizing", "content")) {
  const grow = () => {
    body.style.height = "auto";
    body.style.height = `${body.scrollHeight + 4}px`;
  };
  for (const happening of ["input", "filled"]) form.addEventListener(happening, grow);
  grow();
}
