// A picture among the blocks of the editor: on a line of its own, with what it shows in words.
import { Node } from "@tiptap/react";

interface Options {
  /** Where a picture is fetched. */
  address: (digest: string) => string;
}

/** How much of the 版心, which is 156 mm wide, a picture takes. */
export function share(width_mm: number): string {
  return `${String(Math.min(100, Math.round(width_mm / 1.56)))}%`;
}

/** What comes from other pages is no picture of a document: only our own are read back. */
export const PictureNode = Node.create<Options>({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ address: (digest) => digest }),
  addAttributes: () => ({
    digest: { default: "", parseHTML: (element) => element.dataset.digest ?? "" },
    description: { default: "", parseHTML: (element) => element.dataset.description ?? "" },
    width_mm: { default: 120, parseHTML: (element) => Number(element.dataset.width) },
  }),
  parseHTML: () => [{ tag: "figure[data-digest]" }],
  renderHTML({ node }) {
    const { digest, description, width_mm } = node.attrs as Record<string, unknown>;
    const [alt, width] = [String(description), Number(width_mm)];
    const data = { "data-digest": digest, "data-description": alt, "data-width": width };
    const img = { src: this.options.address(String(digest)), alt, title: alt,
      style: `width: ${share(width)}` };
    return ["figure", { class: "picture", ...data }, ["img", img]];
  },
});
