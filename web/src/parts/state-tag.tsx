// A state or an urgency in one word; colour only where it means something.
import { zh } from "../i18n/zh-cn";

const tones: Record<string, string> = {
  returned: "red",
  recalled: "red",
  most_urgent: "red",
  urgent: "amber",
  running: "blue",
  acknowledged: "blue",
  delivered: "amber",
  concluded: "green",
  suspended: "amber",
  rejected: "red",
  terminated: "red",
};

export function StateTag({ state }: { state: string }) {
  const name = (zh.state as Record<string, string>)[state];
  if (name === undefined) return null;
  return <span className={`tag tone-${tones[state] ?? "plain"}`}>{name}</span>;
}

/** Says nothing of what is ordinary. */
export function UrgencyTag({ urgency }: { urgency: string }) {
  const name = (zh.urgency as Record<string, string>)[urgency];
  if (name === undefined || urgency === "ordinary") return null;
  return <span className={`tag tone-${tones[urgency] ?? "plain"}`}>{name}</span>;
}
