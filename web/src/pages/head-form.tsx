// The head of a document as one fills it in: what every document has, then what some have.
import { Input, Select } from "antd";
import { useId, useState } from "react";
import { zh } from "../i18n/zh-cn";
import { type HeadDraft, isOfMeeting, isPublished, options, type PartProps } from "./head-draft";
import { Answers, HeadFurther, Meetings } from "./head-further";
import { PostPicker, UnitsPicker } from "./pickers";

interface Props {
  value: HeadDraft;
  onChange: (head: HeadDraft) => void;
  /** The drafting unit. */
  unit: string | undefined;
  /** Whose governments below can be addressed at once. */
  below?: string | undefined;
}

export function HeadForm({ value, onChange, unit, below }: Props) {
  const set = (part: Partial<HeadDraft>) => { onChange({ ...value, ...part }); };
  return (
    <div className="head-form">
      <label htmlFor="head-title">{zh.head.title}</label>
      <Input.TextArea
        id="head-title"
        value={value.title}
        maxLength={200}
        // All of it is seen, and it stays one line to the server.
        autoSize
        onPressEnter={(event) => { event.preventDefault(); }}
        onChange={(event) => { set({ title: event.target.value.replaceAll(/\r?\n/g, "") }); }}
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
      {value.document_type === "reply_to_request" && <Answers value={value} set={set} />}
      {isOfMeeting(value.document_type) && (
        <Meetings value={value} set={set} />
      )}
      <Addressing value={value} set={set} below={below} />
      <label htmlFor="head-signer">{zh.head.signer}</label>
      <PostPicker id="head-signer" label={zh.head.signer} value={value.signer}
        onChange={(signer) => { set({ signer }); }} />
      <OpennessField value={value} set={set} />
      <span className="label">{zh.head.secrecy}</span>
      <span className="soft">{zh.head.secrecyNote}</span>
      <Further value={value} set={set} unit={unit} />
    </div>
  );
}

function Addressing({ value, set, below }: PartProps & { below?: string | undefined }) {
  return (
    <>
      {isPublished(value.document_type)
        ? (
          <>
            <span className="label">{zh.head.recipients}</span>
            <span className="soft">{zh.head.noRecipients(zh.type[value.document_type])}</span>
          </>
        )
        : (
          <>
            <label htmlFor="head-recipients">{zh.head.recipients}</label>
            <UnitsPicker id="head-recipients" label={zh.head.recipients} value={value.recipients}
              below={below} onChange={(recipients) => { set({ recipients }); }} />
          </>
        )}
      <label htmlFor="head-copies">{zh.head.copies}</label>
      <UnitsPicker id="head-copies" label={zh.head.copies} value={value.copies}
        onChange={(copies) => { set({ copies }); }} />
      <label htmlFor="head-countersign">{zh.head.countersign}</label>
      <UnitsPicker id="head-countersign" label={zh.head.countersign} value={value.countersign}
        onChange={(countersign) => { set({ countersign }); }} />
    </>
  );
}

function OpennessField({ value, set }: PartProps) {
  const isWithheld = value.openness !== undefined && value.openness !== "active";
  return (
    <>
      <label htmlFor="head-openness">{zh.head.openness}</label>
      <div className="picker">
        <Select
          id="head-openness"
          className="head-openness"
          placeholder={zh.head.opennessPick}
          value={value.openness ?? null}
          options={options(zh.openness)}
          onChange={(openness) => { set({ openness }); }}
        />
        {isWithheld && (
          <Input
            aria-label={zh.head.opennessReason}
            placeholder={zh.head.opennessReason}
            value={value.opennessReason}
            maxLength={500}
            onChange={(event) => { set({ opennessReason: event.target.value }); }}
          />
        )}
      </div>
    </>
  );
}

/** What few documents have stays folded until it is wanted. */
function Further({ value, set, unit }: PartProps & { unit: string | undefined }) {
  // What a template leaves open here is not to be overlooked.
  const [open, setOpen] = useState(value.note !== "");
  const id = useId();
  return (
    <div className="head-further">
      <button type="button" className="fold" aria-expanded={open} aria-controls={id}
        onClick={() => { setOpen(!open); }}>
        {zh.head.more}
      </button>
      <div id={id} className="head-further-fields" hidden={!open}>
        {open && <HeadFurther value={value} set={set} unit={unit} />}
      </div>
    </div>
  );
}
