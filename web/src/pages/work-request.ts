// From what is filled in a dialog to what is asked of a matter.
import type { Changes, FormSchema, Values, WorkAction, WorkRequest } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import { filled } from "../parts/form-values";

export interface Told {
  opinion: string;
  target: string;
  way: "redo" | "direct";
  posts: string[];
  choice: string;
  granted: boolean;
  values: Values;
}

/** The fields that go with an action; none when it changes no field. */
export function asked(action: WorkAction, form: FormSchema): string[] {
  if (!["approve", "submit", "fill"].includes(action.name)) return [];
  const all = Object.keys(form.properties ?? {});
  const named = [...action.write, ...action.require];
  return action.write.includes("*") ? all : all.filter((name) => named.includes(name));
}

/** What differs from what the matter holds now; null takes a value away. */
export function changed(before: Values, after: Values): Changes {
  const now = filled(after);
  const changes: Changes = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const value = now[name] ?? null;
    if (JSON.stringify(before[name] ?? null) !== JSON.stringify(value)) changes[name] = value;
  }
  return changes;
}

/** The request, or what is still missing. */
export function workRequest(
  action: WorkAction,
  told: Told,
  before: Values,
): WorkRequest | string {
  const { name, step } = action;
  const opinion = told.opinion.trim();
  const [to] = told.posts;
  const fields = changed(before, told.values);
  switch (name) {
    case "submit":
      return { do: name, fields, opinion };
    case "fill":
      return { do: name, step, fields };
    case "approve":
      return { do: name, step, opinion, fields, pick: told.posts };
    case "reject":
    case "advise":
      return opinion === "" ? zh.action.opinionNeeded : { do: name, step, opinion };
    case "return":
      if (opinion === "") return zh.action.reasonNeeded;
      return { do: name, step, target: told.target, way: told.way, opinion };
    case "transfer":
    case "delegate":
      return to === undefined ? zh.action.transferNeeded : { do: name, step, to, opinion };
    case "add_before":
    case "add_after":
    case "join":
      if (to === undefined) return zh.work.postsNeeded;
      return { do: name, step, posts: told.posts, opinion };
    case "reduce":
      return { do: name, step, post: told.choice };
    case "answer_extension":
      return { do: name, step, post: told.choice, granted: told.granted };
    case "urge":
      return { do: name, step, text: opinion === "" ? zh.work.sayUrge : opinion };
    case "ask_extension":
      return opinion === "" ? zh.action.reasonNeeded : { do: name, step, reason: opinion };
    case "revoke":
      return opinion === "" ? zh.action.reasonNeeded : { do: name, reason: opinion };
    case "stop_clock":
      if (told.choice === "") return zh.work.choiceNeeded;
      return { do: name, step, cause: told.choice, note: opinion };
    case "happen":
      if (told.choice === "") return zh.work.choiceNeeded;
      return { do: name, event: told.choice, note: opinion };
    default:
      return { do: name, step } as WorkRequest;
  }
}
