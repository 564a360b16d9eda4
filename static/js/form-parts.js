// Small helps of the writing form: another question, whose day it is, a text field as high as its text.
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

const { body } = form.elements;
if (!CSS.supports("field-sizing", "content")) {
  const grow = () => {
    body.style.height = "auto";
    body.style.height = `${body.scrollHeight + 4}px`;
  };
  for (const happening of ["input", "filled"]) form.addEventListener(happening, grow);
  grow();
}
