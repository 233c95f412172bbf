// The shapes of processes and of matters that run by them, by the names that the pages use.
import type { components } from "./schema";

type Shapes = components["schemas"];

export type ProcessLine = Shapes["Page_ProcessLine"]["items"][number];
export type ProcessView = Shapes["ProcessView"];
export type CheckedView = Shapes["CheckedView"];
export type MistakeView = Shapes["MistakeView"];
export type TrialView = Shapes["TrialView"];
export type FindingView = Shapes["FindingView"];
export type ImportedView = Shapes["ImportedView"];
export type LibraryRequest = Shapes["LibraryRequest"];
export type RunningView = Shapes["RunningView"];
export type EditionCount = Shapes["EditionCount"];
export type MigrationView = Shapes["MigrationView"];
export type MigrationLine = Shapes["Page_MigrationLine"]["items"][number];
export type WorkView = Shapes["WorkView"];
export type WorkAction = Shapes["WorkAction"];
export type WorkOpinion = Shapes["WorkOpinion"];
export type NoticeView = Shapes["NoticeView"];
export type PerformedView = Shapes["PerformedView"];
export type StandingCount = Shapes["StandingCount"];
export type StandingUnit = Shapes["Page_StandingUnit"]["items"][number];
export type StandingLine = Shapes["Page_StandingLine"]["items"][number];

/** One row of a table in a form. */
export type Row = Record<string, Value>;
/** What a field holds, as it crosses the wire. */
export type Value = string | number | boolean | string[] | Row[];
export type Values = Record<string, Value>;

/** A field of a form: the part of JSON Schema that forms use. */
export interface FieldSchema {
  type: "string" | "integer" | "number" | "boolean" | "array" | "object";
  format?: string;
  enum?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

export interface FormSchema {
  properties?: Record<string, FieldSchema>;
  required?: string[];
  "x-layout"?: { section: string; rows: string[][] }[];
}

type Way = "redo" | "direct";
/** What changes in a form; null takes a value away. */
export type Changes = Record<string, Value | null>;

/** What is asked of a matter by whoever handles it. */
export type WorkRequest =
  | { do: "fill"; step: string; fields: Changes }
  | { do: "submit"; fields: Changes; opinion: string }
  | { do: "approve"; step: string; opinion: string; fields: Changes; pick: string[] }
  | { do: "return"; step: string; target: string; way: Way; opinion: string }
  | { do: "reject" | "advise"; step: string; opinion: string }
  | { do: "withdraw" | "claim" | "unclaim" | "acknowledge" | "resume_clock"; step: string }
  | { do: "transfer" | "delegate"; step: string; to: string; opinion: string }
  | { do: "add_before" | "add_after" | "join"; step: string; posts: string[]; opinion: string }
  | { do: "reduce"; step: string; post: string }
  | { do: "answer_extension"; step: string; post: string; granted: boolean }
  | { do: "urge"; step: string; text: string }
  | { do: "ask_extension"; step: string; reason: string }
  | { do: "stop_clock"; step: string; cause: string; note: string }
  | { do: "revoke"; reason: string }
  | { do: "happen"; event: string; note: string };

/** What is asked of a matter by whoever administers it. */
export type MonitorRequest =
  | { do: "suspend" | "terminate"; reason: string }
  | { do: "resume" | "confirm_intervention" | "dismiss_intervention" }
  | { do: "hand_over"; from: string; to: string; reason: string }
  | {
    do: "intervene";
    intervention: { what: "jump"; from: string; target: string };
    reason: string;
  };
