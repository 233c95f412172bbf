// A list of matters: rows with columns where there is room, two lines each on a phone.
import { Link } from "react-router";
import type { InboxItem } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { limit, time } from "../ui/format";
import { StateTag, UrgencyTag } from "./state-tag";
import { Whole } from "../ui/whole";

/** Within a day of its limit a matter is marked. */
const NEAR_MS = 24 * 60 * 60 * 1000;

/** A dot in an address would ask for a file: the key's dots become slashes. */
export function archiveAddress(id: string): string {
  return `/archives/${id.split(".").map(encodeURIComponent).join("/")}`;
}

/** A received document is its document at one unit; a dot in an address would ask for a file. */
export function matterAddress(kind: string, id: string): string {
  if (kind === "archive") return archiveAddress(id);
  if (kind === "work") return `/works/${encodeURIComponent(id)}`;
  if (kind !== "incoming") return `/documents/${encodeURIComponent(id)}`;
  const [document = "", unit = ""] = id.split(/\.(.*)/s);
  return `/incoming/${encodeURIComponent(document)}/${encodeURIComponent(unit)}`;
}

/** A list of matters as a table, one row each under one head. */
export function matterRows(items: InboxItem[]): string[][] {
  const i = zh.inbox;
  const head = [i.columnUrgency, i.columnKind, i.columnTitle, i.columnStep, i.columnState,
    i.columnUnit, i.columnTime, i.columnDue];
  const rows = items.map((item) => [
    named(zh.urgency, item.urgency),
    kindName(item.kind),
    item.title,
    item.step,
    named(zh.state, item.state),
    item.unit,
    time(item.time_ms),
    typeof item.due_ms === "number" ? dueText(item.due_ms, item.due_provisional) : "",
  ]);
  return [head, ...rows];
}

function kindName(kind: string): string {
  if (kind === "work") return zh.inbox.work;
  if (kind === "archive") return zh.archives.title;
  return kind === "incoming" ? zh.inbox.incoming : zh.inbox.document;
}

function named(names: Record<string, string>, word: string): string {
  return names[word] ?? word;
}

/** A limit as text; one that may still move says so. */
export function dueText(due: number, provisional: boolean): string {
  return provisional ? `${limit(due)}（${zh.common.provisional}）` : limit(due);
}

interface Props {
  items: InboxItem[];
  /** Now, in milliseconds: what is late depends on it. */
  nowMs: number;
}

export function MatterList({ items, nowMs }: Props) {
  return (
    <ul className="matters">
      {items.map((item) => (
        <li key={`${item.kind}:${item.id}:${item.step}:${String(item.time_ms)}`}>
          <Link to={matterAddress(item.kind, item.id)} className="matter">
            <span className="matter-title">
              <UrgencyTag urgency={item.urgency} />
              <Whole text={item.title} />
            </span>
            <span className="matter-step">
              {item.step}
              <StateTag state={item.state} />
            </span>
            <span className="matter-unit">
              {kindName(item.kind)} · {item.unit}
            </span>
            <time className="matter-time" dateTime={new Date(item.time_ms).toISOString()}>
              {time(item.time_ms)}
            </time>
            <Due due={item.due_ms} provisional={item.due_provisional} nowMs={nowMs} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface DueProps {
  due: number | null | undefined;
  provisional: boolean;
  nowMs: number;
}

function Due({ due, provisional, nowMs }: DueProps) {
  if (typeof due !== "number") return <span className="matter-due" />;
  const late = due < nowMs;
  const near = !late && due - nowMs < NEAR_MS;
  return (
    <span className={`matter-due ${late ? "red" : near ? "amber" : ""}`}>
      {late && <b>{zh.inbox.overdue} </b>}
      {near && <b>{zh.inbox.near} </b>}
      {!late && !near && `${zh.inbox.columnDue} `}
      <span className="whole">{limit(due)}</span>
      {provisional && <span title={zh.common.provisional}> {zh.common.provisionalShort}</span>}
    </span>
  );
}
