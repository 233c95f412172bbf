// What the viewer shows: the printed page of a document, or a file attached to it.
import {
  attachmentAddress, calls, paperAddress, printAddress, wordAddress,
} from "../api/calls";
import type { Attachment, PagesView } from "../api/types";

export interface PageSource {
  key: readonly string[];
  overview: () => Promise<PagesView>;
  page: (number: number) => Promise<string>;
  /** Where the pictures of pages are, by their number. */
  address: string;
  /** What a file taken away is called, without its ending. */
  name: string;
  /** Where the file is taken from, where it may be. */
  ofd?: string;
  pdf?: string;
  /** What is done before it is put on paper. */
  beforePrint?: () => Promise<unknown>;
  /** The document as a Word file. */
  word?: string;
  /** The document, when it is its own printed page. */
  printed?: string;
}

export function printedPages(document: string, title: string): PageSource {
  const address = printAddress(document);
  return {
    key: ["document", document, "pages"],
    overview: () => calls.printPages(document),
    page: (number) => calls.printPage(document, number),
    address: `${address}/pages`,
    name: title,
    ofd: `${address}/ofd`,
    pdf: `${address}/pdf`,
    word: wordAddress(document),
    printed: document,
  };
}

const ENDING = /\.(ofd|pdf)$/i;

/** Where the file is, under what it is. */
function taken(file: Attachment, address: string): Pick<PageSource, "name" | "ofd" | "pdf"> {
  const name = file.name.replace(ENDING, "");
  return /\.pdf$/i.test(file.name) ? { name, pdf: address } : { name, ofd: address };
}

export function attachedPages(document: string, file: Attachment): PageSource {
  const address = attachmentAddress(document, file.digest);
  return {
    key: ["attached", document, file.digest],
    overview: () => calls.attachmentPages(document, file.digest),
    page: (number) => calls.attachmentPage(document, file.digest, number),
    address: `${address}/pages`,
    ...taken(file, address),
  };
}

/** What its sender lets be printed so many times: no file is taken away, each copy is noted. */
export function countedPages(source: PageSource, beforePrint: () => Promise<unknown>): PageSource {
  const { key, overview, page, address, name, printed } = source;
  return { key, overview, page, address, name, beforePrint, ...(printed !== undefined && { printed }) };
}

/** A file of what came on paper. */
export function paperPages(id: string, file: Attachment): PageSource {
  const address = paperAddress(id, file.digest);
  return {
    key: ["paper", id, file.digest],
    overview: () => calls.paperPages(id, file.digest),
    page: (number) => calls.paperPage(id, file.digest, number),
    address: `${address}/pages`,
    ...taken(file, address),
  };
}

/** Whether a file can be viewed, by its name; the server looks at its bytes. */
export function isPaged(file: Attachment): boolean {
  return ENDING.test(file.name);
}
