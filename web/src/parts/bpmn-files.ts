// A drawing taken away as a file, or put on paper.
import { zh } from "../i18n/zh-cn";

/** Gives a text to the browser as a file to be kept. */
export function saved(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|]/g, "_");
  link.click();
  URL.revokeObjectURL(address);
}

/** Prints the drawing alone, on one sheet. */
export async function printed(svg: string, name: string): Promise<void> {
  const sheet = document.createElement("div");
  sheet.className = "print-sheet";
  const title = document.createElement("p");
  title.textContent = zh.drawing.of(name);
  const picture = document.createElement("img");
  picture.alt = zh.drawing.of(name);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  const maker = document.createElement("small");
  maker.textContent = zh.drawing.maker;
  sheet.append(title, picture, maker);
  document.body.append(sheet);
  document.body.classList.add("prints-sheet");
  await picture.decode();
  const done = () => {
    sheet.remove();
    document.body.classList.remove("prints-sheet");
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
