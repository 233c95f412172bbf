// A field's new name in the text of its process: by its words, never within quotes or comments.

/** Quoted text, a comment, a word, or one other character. */
const TOKEN = /"(?:[^"\\]|\\.)*"|#.*|[\p{L}_][\p{L}\p{N}_]*|[^]/gu;

/** After these stands a list of fields (docs/process-notation.md). */
const LISTS = new Set(["write", "require", "hide", "unless"]);

export interface Renamed {
  flow: string;
  /** The lines that name the field, from 1. */
  lines: number[];
}

/** `form.字段` anywhere, and the field in lists of rights. */
export function withRenamedField(flow: string, from: string, to: string): Renamed {
  const lines = flow.split("\n").map((line) => renamedLine(line, from, to));
  const changed = flow.split("\n").flatMap((line, at) => (line === lines[at] ? [] : [at + 1]));
  return { flow: lines.join("\n"), lines: changed };
}

function renamedLine(line: string, from: string, to: string): string {
  const tokens = line.match(TOKEN) ?? [];
  let listed = false;
  return tokens.map((token, at) => {
    const before = tokens[at - 1];
    const ofForm = before === "." && tokens[at - 2] === "form" && tokens[at - 3] !== ".";
    if (before === " " && LISTS.has(tokens[at - 2] ?? "")) listed = true;
    else if (listed && before !== "," && token !== ",") listed = false;
    return token === from && (ofForm || listed) ? to : token;
  }).join("");
}
