// The head of a document as one fills it in.
import { Input, Select } from "antd";
import type { DocumentType, DocumentView, Head, NamedUnit, Urgency } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { type ChosenPost, PostPicker, UnitsPicker } from "./pickers";

/** A head with the names of what it points to. */
export interface HeadDraft {
  title: string;
  document_type: DocumentType;
  urgency: Urgency;
  recipients: NamedUnit[];
  copies: NamedUnit[];
  countersign: NamedUnit[];
  signer?: ChosenPost | undefined;
}

export const emptyHead: HeadDraft = {
  title: "",
  document_type: "notice",
  urgency: "ordinary",
  recipients: [],
  copies: [],
  countersign: [],
};

const ids = (units: NamedUnit[]) => units.map((unit) => unit.id);

export function headOf(draft: HeadDraft): Head {
  return {
    title: draft.title.trim(),
    document_type: draft.document_type,
    urgency: draft.urgency,
    recipients: ids(draft.recipients),
    copies: ids(draft.copies),
    countersign: ids(draft.countersign),
    ...(draft.signer !== undefined && { signer: draft.signer.id }),
  };
}

export function draftOf(view: DocumentView): HeadDraft {
  const { head } = view;
  return {
    title: head.title,
    document_type: head.document_type,
    urgency: head.urgency ?? "ordinary",
    recipients: view.recipients,
    copies: view.copies,
    countersign: view.countersign,
    ...(head.signer != null && { signer: { id: head.signer, name: view.signer ?? head.signer } }),
  };
}

function options<T extends string>(names: Record<T, string>): { value: T; label: string }[] {
  return Object.entries<string>(names).map(([value, label]) => ({ value: value as T, label }));
}

interface Props {
  value: HeadDraft;
  onChange: (head: HeadDraft) => void;
  /** Whose governments below can be addressed at once. */
  below?: string | undefined;
}

export function HeadForm({ value, onChange, below }: Props) {
  const set = (part: Partial<HeadDraft>) => { onChange({ ...value, ...part }); };
  return (
    <div className="head-form">
      <label htmlFor="head-title">{zh.head.title}</label>
      <Input
        id="head-title"
        value={value.title}
        maxLength={200}
        onChange={(event) => { set({ title: event.target.value }); }}
      />
      <label htmlFor="head-type">{zh.head.documentType}</label>
      <div className="pair">
        <Select
          id="head-type"
          value={value.document_type}
          options={options(zh.type)}
          onChange={(document_type) => { set({ document_type }); }}
        />
        <label htmlFor="head-urgency">{zh.head.urgency}</label>
        <Select
          id="head-urgency"
          value={value.urgency}
          options={options(zh.urgency)}
          onChange={(urgency) => { set({ urgency }); }}
        />
      </div>
      <label htmlFor="head-recipients">{zh.head.recipients}</label>
      <UnitsPicker id="head-recipients" label={zh.head.recipients} value={value.recipients}
        below={below} onChange={(recipients) => { set({ recipients }); }} />
      <label htmlFor="head-copies">{zh.head.copies}</label>
      <UnitsPicker id="head-copies" label={zh.head.copies} value={value.copies}
        onChange={(copies) => { set({ copies }); }} />
      <label htmlFor="head-countersign">{zh.head.countersign}</label>
      <UnitsPicker id="head-countersign" label={zh.head.countersign} value={value.countersign}
        onChange={(countersign) => { set({ countersign }); }} />
      <label htmlFor="head-signer">{zh.head.signer}</label>
      <PostPicker id="head-signer" label={zh.head.signer} value={value.signer}
        onChange={(signer) => { set({ signer }); }} />
      <span className="label">{zh.head.secrecy}</span>
      <span className="soft">{zh.head.secrecyNote}</span>
    </div>
  );
}
