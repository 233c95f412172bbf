// A text as the server takes it: only what the document format knows, nothing that an editor adds.
import type { Block, Body, Inline, Mark, Picture, TableCell, TableRow } from "../api/types";

interface Node {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string }[];
  content?: Node[];
}

export const emptyBody: Body = { type: "doc", content: [{ type: "paragraph" }] };

const known = new Set(["bold", "italic", "underline"]);

function inlines(node: Node): Inline[] {
  return (node.content ?? []).flatMap((child): Inline[] => {
    if (child.type === "hardBreak") return [{ type: "hardBreak" }];
    if (child.type !== "text" || child.text === undefined || child.text === "") return [];
    const marks = (child.marks ?? []).filter((mark) => known.has(mark.type));
    const kept = marks.map((mark) => ({ type: mark.type }) as Mark);
    return [{ type: "text", text: child.text, ...(kept.length > 0 && { marks: kept }) }];
  });
}

function span(value: unknown): number {
  return typeof value === "number" && value >= 1 ? value : 1;
}

function cell(node: Node): TableCell {
  const widths: unknown = node.attrs?.colwidth;
  const colwidth = Array.isArray(widths) ? widths.map((width) => Math.round(Number(width))) : null;
  return {
    type: node.type === "tableHeader" ? "tableHeader" : "tableCell",
    attrs: {
      colspan: span(node.attrs?.colspan),
      rowspan: span(node.attrs?.rowspan),
      ...(colwidth !== null && { colwidth }),
    },
    content: blocks(node).filter((block) => block.type !== "table" && block.type !== "image"),
  };
}

function picture({ attrs }: Node): Picture {
  return {
    digest: String(attrs?.digest),
    description: String(attrs?.description),
    width_mm: Math.round(Number(attrs?.width_mm)),
  };
}

function row(node: Node): TableRow {
  return { type: "tableRow", content: (node.content ?? []).map(cell) };
}

function blocks(node: Node): Block[] {
  return (node.content ?? []).flatMap((child): Block[] => {
    switch (child.type) {
      case "heading": {
        const level = Math.min(4, span(child.attrs?.level));
        return [{ type: "heading", attrs: { level }, content: inlines(child) }];
      }
      case "paragraph":
        return [{ type: "paragraph", content: inlines(child) }];
      case "table":
        return [{ type: "table", content: (child.content ?? []).map(row) }];
      case "image":
        return [{ type: "image", attrs: picture(child) }];
      default:
        return [];
    }
  });
}

/** Reads an editor's JSON, dropping whatever the format does not know. */
export function toBody(json: unknown): Body {
  return { type: "doc", content: blocks(json as Node) };
}

function plain(block: Block): string {
  if (block.type === "image") return "";
  if (block.type === "table") {
    const cells = block.content.flatMap((line) => line.content ?? []);
    return cells.flatMap((one) => one.content ?? []).map(plain).join("");
  }
  return (block.content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** How many characters a text has. */
export function characters(body: Body): number {
  return (body.content ?? []).reduce((sum, block) => sum + Array.from(plain(block)).length, 0);
}
