// What was done to a matter, oldest first, each line one act of the journal.
import type { OpinionView, TimelineEntry } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { Nothing } from "./standing-states";

/** `documents.submit` and `submit` read alike. */
export function commandName(command: string): string {
  const last = command.split(/[.:/]/).at(-1) ?? command;
  return zh.command[command] ?? zh.command[last] ?? command;
}

/** Who did it; what the platform did of itself has neither unit nor post. */
export function doer(of: { person: string; post: string; unit: string }): string {
  return of.unit === "" && of.post === "" ? zh.tasks[of.person] ?? of.person : of.person;
}

interface Props {
  entries: TimelineEntry[];
  /** What was said at the steps: an approval is told by its step. */
  opinions?: readonly OpinionView[];
}

/** What an act was: 核稿, 签发, 拟办 rather than 同意 each time; of another document's, what it
 * means here. */
function whatOf(entry: TimelineEntry, opinions: readonly OpinionView[]): string {
  const told = entry.facts.length === 1 ? zh.timeline.told[entry.facts[0] ?? ""] : undefined;
  const approved = opinions.find((one) => one.seq === entry.seq && one.decision === "approve");
  return told ?? approved?.step ?? commandName(entry.command);
}

export function Timeline({ entries, opinions = [] }: Props) {
  if (entries.length === 0) return <Nothing text={zh.document.noTimeline} />;
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <time dateTime={new Date(entry.time_ms).toISOString()}>{time(entry.time_ms)}</time>
          <span className="timeline-what">{whatOf(entry, opinions)}</span>
          <span className="timeline-who">
            {[entry.unit, entry.post, doer(entry)].filter((text) => text !== "").join(" ")}
          </span>
          <span className="timeline-seq">{zh.timeline.seq(entry.seq)}</span>
        </li>
      ))}
    </ol>
  );
}
