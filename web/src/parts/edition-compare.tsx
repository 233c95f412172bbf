// Two editions of a process: what changed in words, then line by line.
import { Segmented } from "antd";
import { Fragment, useState } from "react";
import type { Texts } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { useRoom } from "../ui/room";
import { laidOut } from "./form-design";
import { type DiffGap, type DiffLine, type DiffPair, lineDiff, paired, withGaps } from "./line-diff";
import { type Changes, fieldChanges, stepChanges } from "./process-lines";
import { Nothing } from "./standing-states";

const c = zh.comparing;

interface Props {
  from: Texts;
  to: Texts;
}

export function EditionCompare(texts: Props) {
  const room = useRoom();
  const [chosen, setChosen] = useState<"side" | "unified">();
  const way = chosen ?? (room === "phone" ? "unified" : "side");
  const from = { ...texts.from, form: laidOut(texts.from.form) };
  const to = { ...texts.to, form: laidOut(texts.to.form) };
  if (from.flow === to.flow && from.form === to.form) return <Nothing text={c.same} />;
  return (
    <div className="edition-compare">
      <Summary from={from} to={to} />
      <Segmented<"side" | "unified"> aria-label={c.layout} value={way} onChange={setChosen}
        options={[{ value: "side", label: c.side }, { value: "unified", label: c.unified }]} />
      <Part title={c.flow} before={from.flow} after={to.flow} way={way} />
      <Part title={c.form} before={from.form} after={to.form} way={way} />
    </div>
  );
}

function sentences<T>(what: string, changes: Changes<T>, name: (one: T) => string): string[] {
  const list = (all: T[]) => all.map((one) => `“${name(one)}”`).join("、");
  const told: string[] = [];
  if (changes.added.length > 0) told.push(c.added(what, list(changes.added)));
  if (changes.removed.length > 0) told.push(c.removed(what, list(changes.removed)));
  if (changes.changed.length > 0) {
    told.push(c.changed(what, list(changes.changed.map((one) => one.to))));
  }
  return told;
}

function Summary({ from, to }: Props) {
  const steps = stepChanges(from.flow, to.flow);
  const ofSteps = sentences(c.steps, steps, (step) => step.name);
  const ofFields = sentences(c.fields, fieldChanges(from.form, to.form), (field) => field.name);
  const told = [
    ...ofSteps,
    ...(ofSteps.length === 0 && from.flow !== to.flow ? [c.otherLines] : []),
    ...ofFields,
    ...(ofFields.length === 0 && from.form !== to.form ? [c.otherForm] : []),
  ];
  return (
    <section aria-label={c.summary}>
      <h3>{c.summary}</h3>
      <ul className="compare-summary">{told.map((one) => <li key={one}>{one}</li>)}</ul>
      {steps.changed.map(({ from: old, to: now }) => (
        <dl key={now.id} className="compare-step">
          <dt>{now.name}</dt>
          <dd><span className="soft">{c.before}</span> <del>{old.text}</del></dd>
          <dd><span className="soft">{c.after}</span> <ins>{now.text}</ins></dd>
        </dl>
      ))}
    </section>
  );
}

interface PartProps {
  title: string;
  before: string;
  after: string;
  way: "side" | "unified";
}

function Part({ title, before, after, way }: PartProps) {
  const lines = withGaps(lineDiff(before, after));
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {before === after
        ? <Nothing text={c.sameText} />
        : (
          <div className="compare-lines" tabIndex={0} role="group" aria-label={title}>
            {way === "side" ? <Side rows={paired(lines)} /> : <Unified lines={lines} />}
          </div>
        )}
    </section>
  );
}

const SIGN = { kept: " ", inserted: "+", deleted: "−" };
const WORD = { kept: c.keptLine, inserted: c.insertedLine, deleted: c.deletedLine };

function Written({ line }: { line: DiffLine }) {
  if (line.standing === "inserted") return <ins>{line.text}</ins>;
  if (line.standing === "deleted") return <del>{line.text}</del>;
  return <span>{line.text}</span>;
}

function Sign({ line }: { line: DiffLine }) {
  return (
    <>
      <span aria-hidden="true">{SIGN[line.standing]}</span>
      {line.standing !== "kept" && <span className="hidden-text">{WORD[line.standing]}</span>}
    </>
  );
}

function Unified({ lines }: { lines: (DiffLine | DiffGap)[] }) {
  return (
    <table className="line-table unified">
      <tbody>
        {lines.map((line, at) => line.standing === "gap"
          ? <tr key={at}><td colSpan={4} className="compare-gap">{c.gap(line.count)}</td></tr>
          : (
            <tr key={at} className={`is-${line.standing}`}>
              <td className="line-number">{line.from}</td>
              <td className="line-number">{line.to}</td>
              <td className="line-sign"><Sign line={line} /></td>
              <td className="line-text"><Written line={line} /></td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Side({ rows }: { rows: (DiffPair | DiffGap)[] }) {
  return (
    <table className="line-table side">
      <colgroup><col className="line-number" /><col /><col className="line-number" /><col /></colgroup>
      <thead>
        <tr><th scope="col" colSpan={2}>{c.from}</th><th scope="col" colSpan={2}>{c.to}</th></tr>
      </thead>
      <tbody>
        {rows.map((row, at) => "standing" in row
          ? <tr key={at}><td colSpan={4} className="compare-gap">{c.gap(row.count)}</td></tr>
          : (
            <tr key={at}>
              {[row.left, row.right].map((line, side) => (
                <Fragment key={side}>
                  <td className="line-number">{side === 0 ? line?.from : line?.to}</td>
                  <td className={`line-text is-${line?.standing ?? "none"}`}>
                    {line !== undefined && <><Sign line={line} /> <Written line={line} /></>}
                  </td>
                </Fragment>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
