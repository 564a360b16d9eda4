// Photos that go with a page: each is shown, and made as small as the server keeps it, so that it travels quickly and leaves
// behind what the camera wrote. What this browser cannot make smaller goes as it is.
const QUALITY = 0.9;
const form = document.querySelector("form.writing");
const files = form.querySelector("input[type=file]");
const previews = form.querySelector(".photo-previews");
let chosen = [];

async function smaller(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = files.dataset.side / Math.max(image.width, image.height);
  if (scale >= 1) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const paper = canvas.getContext("2d", { alpha: false });
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!made || made.size >= file.size) return file;
  return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: made.type });
}

function put() {
  const transfer = new DataTransfer();
  for (const { file } of chosen) transfer.items.add(file);
  files.files = transfer.files;
}

function show() {
  for (const image of previews.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  previews.replaceChildren(
    ...chosen.map(({ file }, place) => {
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
        show();
        files.focus();
      });
      item.append(image, out);
      return item;
    }),
  );
}

files?.addEventListener("change", async () => {
  const most = Number(files.dataset.most);
  const known = new Set(chosen.map(({ key }) => key));
  const added = [...files.files]
    .map((file) => ({ file, key: `${file.name} ${file.size}` }))
    .filter(({ key }) => !known.has(key));
  const found = [...chosen, ...added];
  chosen = found.slice(0, most);
  form.querySelector(".photo-said").textContent = found.length > most ? files.dataset.tooMany : "";
  put();
  show();
  // One after the other: a photo of a telephone takes some fifty megabytes while it is open.
  for (const one of added) {
    one.file = await smaller(one.file).catch(() => one.file);
    put();
  }
});
