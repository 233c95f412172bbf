// The fields of a registration, each beside what was read, and each to be confirmed.
import { Checkbox, Input, Select } from "antd";
import type { ReadField } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { FIELDS, type Field, type Fields, type Reading, SURE_MIN } from "../parts/intake-form";

interface Props {
  fields: Fields;
  readings: ReadonlyMap<ReadField, Reading>;
  onChoose: (field: ReadField) => void;
  onChange: (fields: Fields) => void;
}

export function IntakeFields({ fields, readings, onChoose, onChange }: Props) {
  return (
    <div className="intake-fields">
      {FIELDS.map((name) => (
        <div key={name} className="intake-field" onFocus={() => { onChoose(name); }}>
          <label htmlFor={`intake-${name}`}>{zh.intake.field[name]}</label>
          <Control name={name} text={fields[name].text}
            onChange={(text) => { onChange({ ...fields, [name]: { text, checked: false } }); }} />
          <Told name={name} field={fields[name]} reading={readings.get(name)} />
          <Checkbox checked={fields[name].checked}
            onChange={(event) => {
              const { text } = fields[name];
              onChange({ ...fields, [name]: { text, checked: event.target.checked } });
            }}>
            {zh.intake.checked(zh.intake.field[name])}
          </Checkbox>
        </div>
      ))}
    </div>
  );
}

const URGENCIES = ["平件", "加急", "特急"].map((value) => ({ value, label: value }));
const LONG: readonly ReadField[] = ["title", "addressees", "sender"];
const MOST: Record<ReadField, number> =
  { sender: 200, number: 60, title: 200, date: 10, urgency: 2, copy: 6, addressees: 1000 };

function Control({ name, text, onChange }: {
  name: ReadField; text: string; onChange: (text: string) => void;
}) {
  const id = `intake-${name}`;
  if (name === "urgency") {
    return <Select id={id} value={text} options={URGENCIES} onChange={onChange} />;
  }
  const typed = (event: { target: { value: string } }) => { onChange(event.target.value); };
  if (LONG.includes(name)) {
    return (
      <Input.TextArea id={id} value={text} maxLength={MOST[name]}
        autoSize={{ minRows: 1, maxRows: 6 }} onChange={typed} />
    );
  }
  return (
    <Input id={id} value={text} maxLength={MOST[name]} autoComplete="off"
      type={name === "date" ? "date" : "text"} onChange={typed} />
  );
}

/** How it was read, and whether it still says so. */
function Told({ name, field, reading }: {
  name: ReadField; field: Field; reading: Reading | undefined;
}) {
  if (reading === undefined) {
    return name === "urgency" ? null : <p className="soft">{zh.intake.notFound}</p>;
  }
  if (field.text !== reading.text) {
    return <p className="amber">{zh.intake.changed(reading.text)}</p>;
  }
  const percent = Math.floor(reading.sure * 100);
  return reading.sure < SURE_MIN
    ? <p className="amber">{zh.intake.read(percent)}，{zh.intake.unsure}</p>
    : <p className="soft">{zh.intake.read(percent)}</p>;
}
