// A head as one fills it in: with the names of what it points to, and nothing left out.
import type {
  DocumentType, DocumentView, Format, Head, Meeting, NamedUnit, Openness, Repealed, Urgency,
} from "../api/types";
import { zh } from "../i18n/zh-cn";
import type { ChosenPost } from "./pickers";

export interface HeadDraft {
  title: string;
  document_type: DocumentType;
  urgency: Urgency;
  recipients: NamedUnit[];
  copies: NamedUnit[];
  countersign: NamedUnit[];
  signer?: ChosenPost | undefined;
  issuer?: NamedUnit | undefined;
  joint: NamedUnit[];
  format?: Format | undefined;
  openness?: Openness | undefined;
  opennessReason: string;
  note: string;
  answers: { receipt?: string | undefined; title: string; number: string };
  /** Key of the document that it replaces. */
  replaces?: string | undefined;
  /** 废止: what is repealed, by key where it went out through the platform. */
  repeals: Repealed[];
  meeting: Required<Meeting>;
  normative: boolean;
  marketImpact: boolean;
  reportFormNumber: string;
}

/** What a part of the form gets. */
export interface PartProps {
  value: HeadDraft;
  set: (part: Partial<HeadDraft>) => void;
}

export function options<T extends string>(names: Record<T, string>): { value: T; label: string }[] {
  return Object.entries<string>(names).map(([value, label]) => ({ value: value as T, label }));
}

export const emptyHead: HeadDraft = {
  title: "",
  document_type: "notice",
  urgency: "ordinary",
  recipients: [],
  copies: [],
  countersign: [],
  joint: [],
  opennessReason: "",
  note: "",
  answers: { title: "", number: "" },
  repeals: [],
  meeting: { name: "", date: "", present: "", absent: "", observers: "" },
  normative: false,
  marketImpact: false,
  reportFormNumber: "",
};

/** Types that are published, and addressed to nobody (条例 第八条). */
const PUBLISHED: readonly DocumentType[] = ["communique", "proclamation", "public_notice"];
/** Types that tell of a meeting. */
const OF_MEETINGS: readonly DocumentType[] = ["resolution", "minutes"];

export const isPublished = (type: DocumentType) => PUBLISHED.includes(type);
export const isOfMeeting = (type: DocumentType) => OF_MEETINGS.includes(type);

const OWN_FORMATS: Partial<Record<DocumentType, Format>> = {
  letter: "letter", order: "order", minutes: "minutes",
};

/** The format that follows from a type (GB/T 9704-2012 10). */
export const formatOf = (type: DocumentType): Format => OWN_FORMATS[type] ?? "file";

const ids = (units: NamedUnit[]) => units.map((unit) => unit.id);
const filled = (texts: object) => Object.values(texts).some((text) => text !== "" && text !== undefined);

export function headOf(draft: HeadDraft): Head {
  const { signer, issuer, format, openness, answers } = draft;
  return {
    title: draft.title.trim(),
    document_type: draft.document_type,
    urgency: draft.urgency,
    recipients: isPublished(draft.document_type) ? [] : ids(draft.recipients),
    copies: ids(draft.copies),
    countersign: ids(draft.countersign),
    joint: ids(draft.joint),
    openness_reason: openness === "active" ? "" : draft.opennessReason,
    note: draft.note,
    normative: draft.normative,
    market_impact: draft.marketImpact,
    report_form_number: draft.reportFormNumber,
    ...(signer !== undefined && { signer: signer.id }),
    ...(issuer !== undefined && { issuer: issuer.id }),
    ...(format !== undefined && { format }),
    ...(openness !== undefined && { openness }),
    ...(draft.replaces !== undefined && { replaces: draft.replaces }),
    ...(draft.repeals.length > 0 && { repeals: draft.repeals }),
    ...(filled(draft.meeting) && { meeting: draft.meeting }),
    ...(filled(answers) && {
      answers: {
        title: answers.title,
        number: answers.number,
        ...(answers.receipt !== undefined && { receipt: answers.receipt }),
      },
    }),
  };
}

export function draftOf(view: DocumentView): HeadDraft {
  const { head } = view;
  return {
    ...emptyHead,
    title: head.title,
    document_type: head.document_type,
    urgency: head.urgency ?? "ordinary",
    recipients: view.recipients,
    copies: view.copies,
    countersign: view.countersign,
    joint: view.joint,
    opennessReason: head.openness_reason ?? "",
    note: head.note ?? "",
    ...(head.replaces != null && { replaces: head.replaces }),
    answers: {
      title: head.answers?.title ?? "",
      number: head.answers?.number ?? "",
      ...(head.answers?.receipt != null && { receipt: head.answers.receipt }),
    },
    repeals: head.repeals ?? [],
    meeting: { ...emptyHead.meeting, ...head.meeting },
    normative: head.normative ?? false,
    marketImpact: head.market_impact ?? false,
    reportFormNumber: head.report_form_number ?? "",
    ...(head.signer != null && { signer: { id: head.signer, name: view.signer ?? head.signer } }),
    ...(view.issuer != null && { issuer: view.issuer }),
    ...(head.format != null && { format: head.format }),
    ...(head.openness != null && { openness: head.openness }),
  };
}

const names = (units: { name: string }[]) => units.map((unit) => unit.name).join("、");

/** Every element of a head in words, in the order of the form; what is not filled in is empty. */
export function told(head: HeadDraft): [string, string][] {
  const { answers, meeting } = head;
  const nature = [
    ...(head.normative ? [zh.head.normative] : []),
    ...(head.marketImpact ? [zh.head.marketImpact] : []),
  ];
  const openness = head.openness === undefined ? "" : zh.openness[head.openness];
  return [
    [zh.head.documentType, zh.type[head.document_type]],
    [zh.head.urgency, zh.urgency[head.urgency]],
    [zh.head.recipients, names(head.recipients)],
    [zh.head.copies, names(head.copies)],
    [zh.head.countersign, names(head.countersign)],
    [zh.head.signer, head.signer?.name ?? ""],
    [zh.head.openness, [openness, head.opennessReason].filter((part) => part !== "").join("，")],
    [zh.head.issuer, head.issuer?.name ?? ""],
    [zh.head.joint, names(head.joint)],
    [zh.head.format, head.format === undefined ? "" : zh.format[head.format]],
    [zh.head.note, head.note],
    [zh.head.answers, [answers.title, answers.number].filter((part) => part !== "").join("，")],
    [zh.repeal.field, head.repeals.map((one) => one.number).join("、")],
    [zh.head.meeting, [meeting.name, meeting.date].filter((part) => part !== "").join("，")],
    [zh.head.present, meeting.present],
    [zh.head.absent, meeting.absent],
    [zh.head.observers, meeting.observers],
    [zh.head.nature, nature.join("、")],
    [zh.head.reportFormNumber, head.reportFormNumber],
  ];
}
