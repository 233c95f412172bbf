// Finds words in the text of pages, across the ends of lines: Chinese is written without blanks.
import type { Leaf } from "../api/types";

/** A part of a line, in characters as the browser counts them. */
export interface Part {
  line: number;
  from: number;
  to: number;
}

export interface Hit {
  /** From 1. */
  page: number;
  parts: Part[];
}

/** Nobody looks at more of them one by one. */
const HITS_MAX = 1000;

/** Full width and half width, capital and small are one. */
function plain(char: string): string {
  const same = char.normalize("NFKC").toLowerCase();
  return same.length === 1 ? same : char;
}

interface Place {
  line: number;
  at: number;
}

function spread(lines: readonly string[]): { text: string; places: Place[] } {
  let text = "";
  const places: Place[] = [];
  lines.forEach((one, line) => {
    for (let at = 0; at < one.length; at += 1) {
      const char = one.charAt(at);
      if (/\s/.test(char)) continue;
      text += plain(char);
      places.push({ line, at });
    }
  });
  return { text, places };
}

function partsOf(places: readonly Place[]): Part[] {
  const parts: Part[] = [];
  for (const { line, at } of places) {
    const last = parts.at(-1);
    if (last?.line === line) last.to = at + 1;
    else parts.push({ line, from: at, to: at + 1 });
  }
  return parts;
}

/** Where the words stand, page by page. */
export function find(pages: readonly Pick<Leaf, "lines">[], words: string): Hit[] {
  const sought = spread([words]).text;
  const hits: Hit[] = [];
  if (sought === "") return hits;
  pages.forEach(({ lines }, index) => {
    const { text, places } = spread(lines);
    let at = text.indexOf(sought);
    while (at >= 0 && hits.length < HITS_MAX) {
      hits.push({ page: index + 1, parts: partsOf(places.slice(at, at + sought.length)) });
      at = text.indexOf(sought, at + sought.length);
    }
  });
  return hits;
}
