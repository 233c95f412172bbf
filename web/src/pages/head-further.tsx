// What some documents have in their head besides: issuers, format, note, what is answered, the
// meeting, and what must be reviewed.
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Input, Select } from "antd";
import { calls } from "../api/calls";
import type { Format } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { areaOf } from "./area";
import { formatOf, type HeadDraft, options, type PartProps } from "./head-draft";
import { Repeals } from "./head-repeals";
import { UnitsPicker } from "./pickers";

export function HeadFurther({ value, set, unit }: PartProps & { unit: string | undefined }) {
  return (
    <>
      <Issuer value={value} set={set} unit={unit} />
      <label htmlFor="head-joint">{zh.head.joint}</label>
      <UnitsPicker id="head-joint" label={zh.head.joint} value={value.joint}
        onChange={(joint) => { set({ joint }); }} />
      <label htmlFor="head-format">{zh.head.format}</label>
      <Select<Format>
        id="head-format"
        value={value.format ?? formatOf(value.document_type)}
        options={options(zh.format)}
        onChange={(format) => {
          set({ format: format === formatOf(value.document_type) ? undefined : format });
        }}
      />
      <label htmlFor="head-note">{zh.head.note}</label>
      <Input id="head-note" value={value.note} maxLength={200} placeholder={zh.head.noteHint}
        onChange={(event) => { set({ note: event.target.value }); }} />
      {value.document_type !== "reply_to_request" && <Answers value={value} set={set} />}
      <Repeals value={value.repeals} onChange={(repeals) => { set({ repeals }); }} />
      <span className="label">{zh.head.nature}</span>
      <div className="head-checks" role="group" aria-label={zh.head.nature}>
        <Checkbox checked={value.normative}
          onChange={(event) => { set({ normative: event.target.checked }); }}>
          {zh.head.normative}
        </Checkbox>
        <Checkbox checked={value.marketImpact}
          onChange={(event) => { set({ marketImpact: event.target.checked }); }}>
          {zh.head.marketImpact}
        </Checkbox>
      </div>
      <label htmlFor="head-form-number">{zh.head.reportFormNumber}</label>
      <Input id="head-form-number" value={value.reportFormNumber} maxLength={60}
        onChange={(event) => { set({ reportFormNumber: event.target.value }); }} />
    </>
  );
}

/** A general office chooses between its own name and its government's (条例 第十六条（二）). */
function Issuer({ value, set, unit }: PartProps & { unit: string | undefined }) {
  const area = areaOf(unit);
  const cards = useQuery({
    queryKey: ["issuers", unit, area],
    queryFn: () => Promise.all([unit ?? "", area ?? ""].map(calls.unit)),
    enabled: unit !== undefined && area !== undefined && area !== unit,
  });
  const [own, government] = (cards.data ?? []).map((card) => card.unit);
  if (own === undefined || government === undefined || own.kind !== "office") return null;
  return (
    <>
      <label htmlFor="head-issuer">{zh.head.issuer}</label>
      <Select
        id="head-issuer"
        value={value.issuer?.id ?? own.id}
        options={[own, government].map((one) => ({ value: one.id, label: one.name }))}
        onChange={(id) => {
          const issuer = { id, name: government.short_name };
          set({ issuer: id === own.id ? undefined : issuer });
        }}
      />
    </>
  );
}

export function Answers({ value, set }: PartProps) {
  const change = (part: Partial<HeadDraft["answers"]>) => {
    // What is typed over is no longer what came through the platform.
    set({ answers: { ...value.answers, receipt: undefined, ...part } });
  };
  return (
    <>
      <span className="label">{zh.head.answers}</span>
      <div className="head-two">
        <Input aria-label={zh.head.answersTitle} placeholder={zh.head.answersTitle}
          value={value.answers.title} maxLength={200}
          onChange={(event) => { change({ title: event.target.value }); }} />
        <Input aria-label={zh.head.answersNumber} placeholder={zh.head.answersNumber}
          value={value.answers.number} maxLength={60}
          onChange={(event) => { change({ number: event.target.value }); }} />
      </div>
    </>
  );
}

export function Meetings({ value, set }: PartProps) {
  const { meeting } = value;
  const change = (part: Partial<HeadDraft["meeting"]>) => {
    set({ meeting: { ...meeting, ...part } });
  };
  return (
    <>
      <span className="label">{zh.head.meeting}</span>
      <div className="picker">
        <div className="head-two">
          <Input aria-label={zh.head.meetingName} placeholder={zh.head.meetingName}
            value={meeting.name} maxLength={200}
            onChange={(event) => { change({ name: event.target.value }); }} />
          <Input type="date" aria-label={zh.head.meetingDate} value={meeting.date}
            onChange={(event) => { change({ date: event.target.value }); }} />
        </div>
        {value.document_type === "minutes" && (["present", "absent", "observers"] as const).map(
          (who) => (
            <Input.TextArea key={who} autoSize aria-label={zh.head[who]} placeholder={zh.head[who]}
              value={meeting[who]} maxLength={2000}
              onChange={(event) => { change({ [who]: event.target.value }); }} />
          ),
        )}
      </div>
    </>
  );
}
