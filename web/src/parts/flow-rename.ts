// A new name of a field, or of a table's column, in the texts of its process: by words, never
// within quotes or comments.

/** Quoted text, a comment, a word, or one other character. */
const TOKEN = /"(?:[^"\\]|\\.)*"|#.*|[\p{L}_][\p{L}\p{N}_]*|[^]/gu;

/** After these stands a list of fields (docs/process-notation.md). */
const LISTS = new Set(["write", "require", "hide", "unless"]);

export interface Rename {
  from: string;
  to: string;
  /** The table whose column it is; none for a field of the form. */
  table?: string;
}

export interface Renamed {
  text: string;
  /** The lines that name it, from 1. */
  lines: number[];
}

function byLine(text: string, change: (line: string) => string): Renamed {
  const before = text.split("\n");
  const after = before.map(change);
  const lines = after.flatMap((line, at) => (line === before[at] ? [] : [at + 1]));
  return { text: after.join("\n"), lines };
}

/** The name in the process's text. */
export function renamedInFlow(flow: string, { from, to, table }: Rename): Renamed {
  return byLine(flow, (line) => {
    const tokens = line.match(TOKEN) ?? [];
    const named = table === undefined ? fieldsOf(tokens) : columnsOf(tokens, table);
    return tokens.map((token, at) => (token === from && named.has(at) ? to : token)).join("");
  });
}

/** Whether a token is that very field, as `form.字段`. */
function ofForm(tokens: string[], at: number): boolean {
  return tokens[at - 1] === "." && tokens[at - 2] === "form" && tokens[at - 3] !== ".";
}

/** Where fields stand: `form.字段` anywhere, and in lists of rights. */
function fieldsOf(tokens: string[]): Set<number> {
  const found = new Set<number>();
  let listed = false;
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (before === " " && LISTS.has(tokens[at - 2] ?? "")) listed = true;
    else if (listed && before !== "," && token !== ",") listed = false;
    if (listed || ofForm(tokens, at)) found.add(at);
  });
  return found;
}

/**
 * Where columns of a table stand: `form.表.列`, `行.列` of a row (`行 in form.表`), and within
 * `form.表[…]` also alone and as `item.列`.
 */
function columnsOf(tokens: string[], table: string): Set<number> {
  const found = new Set<number>();
  const rows = new Set<string>();
  /** For each open bracket whether it filters the table, and the same where one has closed. */
  const open: boolean[] = [];
  const closed = new Map<number, boolean>();
  const isTable = (at: number) =>
    closed.get(at) ?? (tokens[at] === table && ofForm(tokens, at));
  tokens.forEach((token, at) => {
    const filters = open.at(-1) === true;
    if (token === "[") open.push(isTable(at - 1));
    else if (token === "]") closed.set(at, open.pop() === true);
    else if (token === "in") rows.delete(tokens[at - 2] ?? "");
    else if (isTable(at) && tokens[at - 4] === "in") rows.add(tokens[at - 6] ?? "");
    if (tokens[at - 1] !== ".") {
      if (filters) found.add(at);
      return;
    }
    const owner = tokens[at - 2] ?? "";
    const isRow = rows.has(owner) || (filters && owner === "item");
    if ((isRow && tokens[at - 3] !== ".") || isTable(at - 2)) found.add(at);
  });
  return found;
}

/** What is filled in, as scenarios write it: `填写：字段=内容；字段=内容`. */
const FILLED = /^(\s*填写\s*[：:])(.*)$/;

/** The name in a scenario: a field before its value, a column as a key of its table's rows. */
export function renamedInScenario(scenario: string, { from, to, table }: Rename): Renamed {
  return byLine(scenario, (line) => {
    const [, word, parts] = FILLED.exec(line) ?? [];
    if (word === undefined || parts === undefined) return line;
    return word + parts.split("；").map((part) => {
      const [, before = "", name, value = ""] = /^(\s*)([^=＝]*?)(\s*[=＝].*)$/.exec(part) ?? [];
      if (name === undefined) return part;
      if (table === undefined) return name === from ? before + to + value : part;
      return name === table ? before + name + withRenamedKey(value, from, to) : part;
    }).join("；");
  });
}

/** Rows are written as JSON; a key is a text before a colon. */
function withRenamedKey(rows: string, from: string, to: string): string {
  return rows.replace(/"((?:[^"\\]|\\.)*)"(\s*:)?/g, (all, key: string, colon?: string) =>
    (colon !== undefined && key === from ? `"${to}"${colon}` : all));
}
