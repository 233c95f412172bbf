// A list of matters: rows with columns where there is room, two lines each on a phone.
import { Link } from "react-router";
import type { InboxItem } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { limit, time } from "../ui/format";
import { StateTag, UrgencyTag } from "./state-tag";

/** Within a day of its limit a matter is marked. */
const NEAR_MS = 24 * 60 * 60 * 1000;

export function matterAddress(kind: string, id: string): string {
  return `/${kind === "incoming" ? "incoming" : "documents"}/${encodeURIComponent(id)}`;
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
              {item.title}
            </span>
            <span className="matter-step">
              {item.step}
              <StateTag state={item.state} />
            </span>
            <span className="matter-unit">
              {item.kind === "incoming" ? zh.inbox.incoming : zh.inbox.document} · {item.unit}
            </span>
            <time className="matter-time" dateTime={new Date(item.time_ms).toISOString()}>
              {time(item.time_ms)}
            </time>
            <Due due={item.due_ms} nowMs={nowMs} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Due({ due, nowMs }: { due: number | null | undefined; nowMs: number }) {
  if (typeof due !== "number") return <span className="matter-due" />;
  const late = due < nowMs;
  const near = !late && due - nowMs < NEAR_MS;
  return (
    <span className={`matter-due ${late ? "red" : near ? "amber" : ""}`}>
      {late && <b>{zh.inbox.overdue} </b>}
      {near && <b>{zh.inbox.near} </b>}
      <span className="matter-due-label">{zh.inbox.columnDue} </span>
      {limit(due)}
    </span>
  );
}
