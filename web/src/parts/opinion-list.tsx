// Opinions in the order of rank that the server gives, each bound to the version seen.
import type { OpinionView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { InkPicture } from "./ink";
import { Nothing } from "./standing-states";
import { doer } from "./timeline";
import { Whole } from "../ui/whole";

/** Only what turned the matter back or aside, or asked for time, is worth a mark. */
const MARKS: Record<string, "red" | "amber"> = {
  return: "red",
  transfer: "red",
  reject: "red",
  ask_extension: "amber",
  answer_extension: "amber",
};

/** What is said of a matter, whichever act said it. */
type Said = Omit<OpinionView, "seq">;

function key(opinion: Said): string {
  return [opinion.time_ms, opinion.unit, opinion.post, opinion.step, opinion.version].join("-");
}

interface Props {
  opinions: Said[];
  /** Where recordings are, by their digests; of matters that have none, nowhere. */
  voices?: string;
}

export function OpinionList({ opinions, voices }: Props) {
  if (opinions.length === 0) return <Nothing text={zh.document.noOpinions} />;
  return (
    <ol className="opinions">
      {opinions.map((opinion) => (
        <li key={key(opinion)} className="opinion">
          <div className="opinion-head">
            <span className="opinion-step">{opinion.step}</span>
            {MARKS[opinion.decision] !== undefined && (
              <span className={`tag tone-${MARKS[opinion.decision] ?? ""}`}>
                {zh.command[opinion.decision]}
              </span>
            )}
          </div>
          <p className="opinion-text">
            <Whole text={opinion.text === "" ? zh.common.none : opinion.text} />
          </p>
          {opinion.ink != null && <InkPicture ink={opinion.ink} by={doer(opinion)} />}
          {opinion.voice != null && voices !== undefined && (
            <audio controls preload="none" src={`${voices}/${opinion.voice.digest}`}
              aria-label={zh.byHand.voiceOf(doer(opinion))} />
          )}
          <p className="opinion-by">
            <b>{doer(opinion)}</b>
            <span>{opinion.unit} {opinion.post}</span>
            <time dateTime={new Date(opinion.time_ms).toISOString()}>{time(opinion.time_ms)}</time>
            <span title={opinion.digest}>
              {opinion.version > 0
                ? zh.opinion.version(opinion.version)
                : zh.opinion.asReceived}
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}
