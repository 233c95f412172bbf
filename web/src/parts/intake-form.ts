// What a clerk confirms of a document that came on paper, field by field.
import type { ReadElement, ReadField, Registration, ScanView } from "../api/types";
import { zh } from "../i18n/zh-cn";

/** A file that was read. */
export interface Scanned {
  file: File;
  scan: ScanView;
}

/** What was read as an element, and of which file. */
export interface Reading extends ReadElement {
  file: number;
}

export interface Field {
  text: string;
  /** Whether the clerk has compared it with the paper. */
  checked: boolean;
}

export type Fields = Record<ReadField, Field>;

export const FIELDS: readonly ReadField[] =
  ["sender", "number", "title", "date", "urgency", "copy", "addressees"];

/** Less sure readings are marked: of a hundred such, several are wrong. */
export const SURE_MIN = 0.9;

export const noFields: Fields = {
  sender: { text: "", checked: false },
  number: { text: "", checked: false },
  title: { text: "", checked: false },
  date: { text: "", checked: false },
  urgency: { text: zh.intake.ordinary, checked: false },
  copy: { text: "", checked: false },
  addressees: { text: "", checked: false },
};

/** One reading for each element: of several files the first that has it. */
export function readingsOf(files: readonly Scanned[]): Map<ReadField, Reading> {
  const found = new Map<ReadField, Reading>();
  files.forEach(({ scan }, file) => {
    for (const element of scan.elements) {
      if (!found.has(element.field)) found.set(element.field, { ...element, file });
    }
  });
  return found;
}

/** What a further file adds: fields that nobody has filled or confirmed yet. */
export function filled(fields: Fields, readings: ReadonlyMap<ReadField, Reading>): Fields {
  const next = { ...fields };
  for (const [name, reading] of readings) {
    const untouched = fields[name].text === noFields[name].text && !fields[name].checked;
    if (untouched) next[name] = { text: reading.text, checked: false };
  }
  return next;
}

export function unchecked(fields: Fields): number {
  return FIELDS.filter((name) => !fields[name].checked).length;
}

const URGENCY: Record<string, Registration["urgency"]> =
  { 加急: "urgent", 特急: "most_urgent" };

export function registrationOf(fields: Fields): Registration {
  const { sender, number, title, date, urgency, copy, addressees } = fields;
  return {
    sender: sender.text,
    number: number.text,
    title: title.text,
    ...(date.text !== "" && { date: date.text }),
    urgency: URGENCY[urgency.text] ?? "ordinary",
    copy_number: copy.text,
    addressees: addressees.text,
  };
}
