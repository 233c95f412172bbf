// Puts pages on paper as they are: one sheet each, at their true size, and nothing else.
import type { Leaf } from "../api/types";

/** Pictures that are fetched at once; the server draws one after the other. */
const AT_ONCE = 4;

const sizeOf = ({ width, height }: Leaf) => `page-${width}-${height}`.replaceAll(".", "_");

/** A kind of sheet for every size of page. */
function sheets(pages: readonly Leaf[]): CSSStyleSheet {
  const rules = new Map(pages.map((page) => [
    sizeOf(page), `{ size: ${page.width}mm ${page.height}mm; margin: 0; }`,
  ]));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([...rules].map(([name, rule]) => `@page ${name} ${rule}`).join("\n"));
  return sheet;
}

function picture(page: Leaf, address: string): HTMLImageElement {
  const image = document.createElement("img");
  image.alt = "";
  image.src = address;
  image.style.width = `${page.width}mm`;
  image.style.height = `${page.height}mm`;
  image.style.setProperty("page", sizeOf(page));
  return image;
}

/** Prints the pages; settles once the browser has taken them over. */
export async function printPages(
  pages: readonly Leaf[], addressOf: (number: number) => string,
): Promise<void> {
  const holder = document.createElement("div");
  holder.className = "print-sheet print-pages";
  const rules = sheets(pages);
  const done = () => {
    holder.remove();
    document.body.classList.remove("prints-sheet");
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
  };
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.body.append(holder);
  try {
    for (let from = 0; from < pages.length; from += AT_ONCE) {
      const images = pages.slice(from, from + AT_ONCE)
        .map((page, index) => picture(page, addressOf(from + index + 1)));
      await Promise.all(images.map((image) => image.decode()));
      holder.append(...images);
    }
  } catch (error) {
    done();
    throw error;
  }
  document.body.classList.add("prints-sheet");
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
