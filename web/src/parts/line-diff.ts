// Two texts line by line, for showing side by side or one below the other.
import { diffLines } from "diff";

export interface DiffLine {
  standing: "kept" | "inserted" | "deleted";
  text: string;
  /** The line's number in the first text and in the second. */
  from?: number;
  to?: number;
}

export interface DiffGap {
  standing: "gap";
  count: number;
}

/** A row of two columns; what has no counterpart stands alone. */
export interface DiffPair {
  left?: DiffLine;
  right?: DiffLine;
}

/** Lines of context around a change. */
const CONTEXT = 3;

export function lineDiff(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let [from, to] = [0, 0];
  for (const part of diffLines(before, after, { stripTrailingCr: true })) {
    for (const text of part.value.replace(/\n$/, "").split("\n")) {
      if (part.added) lines.push({ standing: "inserted", text, to: (to += 1) });
      else if (part.removed) lines.push({ standing: "deleted", text, from: (from += 1) });
      else lines.push({ standing: "kept", text, from: (from += 1), to: (to += 1) });
    }
  }
  return lines;
}

/** Long runs of unchanged lines become gaps; a single line is no longer than its gap. */
export function withGaps(lines: DiffLine[]): (DiffLine | DiffGap)[] {
  const changed = lines.flatMap((line, at) => (line.standing === "kept" ? [] : [at]));
  const shown: (DiffLine | DiffGap)[] = [];
  let next = 0;
  let run: DiffLine[] = [];
  const close = () => {
    if (run.length > 1) shown.push({ standing: "gap", count: run.length });
    else shown.push(...run);
    run = [];
  };
  lines.forEach((line, at) => {
    while (next < changed.length && (changed[next] ?? 0) < at - CONTEXT) next += 1;
    const near = changed[next];
    if (near === undefined || near - at > CONTEXT) {
      run.push(line);
      return;
    }
    close();
    shown.push(line);
  });
  close();
  return shown;
}

/** Puts deleted lines beside the inserted ones that took their place. */
export function paired(lines: (DiffLine | DiffGap)[]): (DiffPair | DiffGap)[] {
  const rows: (DiffPair | DiffGap)[] = [];
  let open: DiffPair[] = [];
  for (const line of lines) {
    if (line.standing === "deleted") {
      const row = { left: line };
      open.push(row);
      rows.push(row);
    } else if (line.standing === "inserted") {
      const beside = open.shift();
      if (beside === undefined) rows.push({ right: line });
      else beside.right = line;
    } else {
      open = [];
      rows.push(line.standing === "gap" ? line : { left: line, right: line });
    }
  }
  return rows;
}
