// Two versions of a text, change by change; what is deleted is struck, what is new underlined.
import { Checkbox } from "antd";
import { useState } from "react";
import type { ComparedLine, Piece } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { Nothing } from "./standing-states";

function changed(line: ComparedLine): boolean {
  return line.pieces.some((piece) => piece.standing !== "kept");
}

type Run =
  | { kind: "line"; line: ComparedLine; at: number }
  | { kind: "gap"; count: number; at: number };

/** Folds runs of unchanged lines into gaps. */
export function folded(lines: ComparedLine[]): Run[] {
  const runs: Run[] = [];
  lines.forEach((line, at) => {
    const last = runs.at(-1);
    if (changed(line)) runs.push({ kind: "line", line, at });
    else if (last?.kind === "gap") last.count += 1;
    else runs.push({ kind: "gap", count: 1, at });
  });
  return runs;
}

interface Props {
  lines: ComparedLine[];
  /** What the two marks mean here. */
  words?: { inserted: string; deleted: string };
}

export function VersionCompare({ lines, words = zh.compare }: Props) {
  const [only, setOnly] = useState(false);
  if (!lines.some(changed)) return <Nothing text={zh.compare.same} />;
  const all: Run[] = lines.map((line, at) => ({ kind: "line", line, at }));
  return (
    <div className="compare">
      <p className="compare-key">
        <ins>{words.inserted}</ins>
        <del>{words.deleted}</del>
        <Checkbox checked={only} onChange={(event) => { setOnly(event.target.checked); }}>
          {zh.compare.onlyChanges}
        </Checkbox>
      </p>
      <div className="compare-text">
        {(only ? folded(lines) : all).map((run) =>
          run.kind === "gap"
            ? <p key={run.at} className="compare-gap">{zh.compare.skipped(run.count)}</p>
            : (
              <p key={run.at}>
                {run.line.pieces.map((piece, at) => <Part key={at} piece={piece} />)}
              </p>
            ))}
      </div>
    </div>
  );
}

function Part({ piece }: { piece: Piece }) {
  if (piece.standing === "inserted") return <ins>{piece.text}</ins>;
  if (piece.standing === "deleted") return <del>{piece.text}</del>;
  return <span>{piece.text}</span>;
}
