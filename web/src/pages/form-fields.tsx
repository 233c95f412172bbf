// A form as one fills it in, laid out by section and row.
import { Button, Checkbox, Input, InputNumber, Radio, Select } from "antd";
import type { FieldSchema, FormSchema, Value, Values } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import { fen, kindOf, localOf, sections, timeOf, withValue, yuan } from "../parts/form-values";
import { Files, ManyPosts, ManyUnits, OnePost, OneUnit, People } from "./form-pickers";
import { LeftByTab } from "../ui/left-by-tab";
import { clearableChoice } from "../ui/words";

interface FormProps {
  form: FormSchema;
  values: Values;
  onChange: (values: Values) => void;
  required?: readonly string[];
  /** What is wrong, by field. */
  wrong?: Record<string, string>;
  shown?: (name: string) => boolean;
  disabled?: boolean;
  /** Begins the ids of controls, for two forms on one page. */
  prefix?: string;
}

export function FormFields(props: FormProps) {
  const { form, shown = () => true } = props;
  return (
    <div className="form">
      {sections(form, shown).map(({ title, rows }) => (
        <fieldset key={title} className="form-section">
          {title !== "" && <legend>{title}</legend>}
          {rows.map((row) => (
            <div key={row.join()} className="form-row">
              {row.map((name) => <Field key={name} {...props} name={name} />)}
            </div>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

function Field({ name, ...props }: FormProps & { name: string }) {
  const { form, values, onChange, required, wrong, disabled, prefix = "field" } = props;
  const schema = form.properties?.[name];
  if (schema === undefined) return null;
  const id = `${prefix}-${name}`;
  const needed = required?.includes(name) === true;
  const problem = wrong?.[name];
  const set = (value: Value | undefined) => { onChange(withValue(values, name, value)); };
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {name}
        {needed && <span className="red" aria-hidden="true"> *</span>}
      </label>
      {schema.description !== undefined && <p className="soft">{schema.description}</p>}
      <Control id={id} label={name} schema={schema} value={values[name]} onChange={set}
        disabled={disabled === true} invalid={problem !== undefined} />
      {problem !== undefined && <p className="red" role="alert">{problem}</p>}
    </div>
  );
}

interface ControlProps {
  id: string;
  label: string;
  schema: FieldSchema;
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
  disabled: boolean;
  invalid: boolean;
}

const textOf = (value: Value | undefined) => (typeof value === "string" ? value : "");
const numberOf = (value: Value | undefined) => (typeof value === "number" ? value : null);
const listOf = (value: Value | undefined) =>
  (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
const rowsOf = (value: Value | undefined) =>
  (Array.isArray(value) ? value.filter((one) => typeof one === "object") : []);

export function Control(props: ControlProps) {
  const { id, label, schema, value, onChange, disabled } = props;
  const kind = kindOf(schema);
  const one = { id, label, value: typeof value === "string" ? value : undefined, onChange };
  const many = { id, label, value: listOf(value), onChange };
  if (disabled && /^(unit|post|person|file)s?$/.test(kind)) return <Input id={id} disabled />;
  switch (kind) {
    case "choice":
    case "choices": return <Choice {...props} many={kind === "choices"} />;
    case "integer":
    case "number":
    case "money": return <Amount {...props} money={kind === "money"} />;
    case "yes": return <YesNo {...props} />;
    case "unit": return <OneUnit {...one} />;
    case "units": return <ManyUnits {...many} />;
    case "post": return <OnePost {...one} />;
    case "posts": return <ManyPosts {...many} />;
    case "person":
      return (
        <People id={id} label={label} many={false}
          value={typeof value === "string" && value !== "" ? [value] : []}
          onChange={([person]) => { onChange(person); }} />
      );
    case "persons": return <People {...many} many />;
    case "files": return <Files {...many} />;
    case "table": return <Table {...props} />;
    default: return <Line {...props} />;
  }
}

const TYPES: Record<string, string> = { date: "date", "date-time": "datetime-local", phone: "tel" };

function Line({ id, label, schema, value, onChange, disabled, invalid }: ControlProps) {
  const kind = kindOf(schema);
  const text = textOf(value);
  const isTime = kind === "date-time";
  const shared = {
    id,
    "aria-label": label,
    disabled,
    ...(invalid && { status: "error" as const }),
    value: isTime ? localOf(text) : text,
    onChange: (event: { target: { value: string } }) => {
      const typed = event.target.value;
      onChange(typed === "" ? undefined : isTime ? timeOf(typed) : typed);
    },
  };
  const most = schema.maxLength === undefined ? {} : { maxLength: schema.maxLength };
  return kind === "text"
    ? <Input.TextArea {...shared} {...most} autoSize={{ minRows: 3, maxRows: 12 }} />
    : <Input {...shared} {...most} type={TYPES[kind] ?? "text"} autoComplete="off" />;
}

function Amount(props: ControlProps & { money: boolean }) {
  const { id, label, schema, value, onChange, disabled, invalid, money } = props;
  const number = numberOf(value);
  const precision = money ? { precision: 2 } : schema.type === "integer" ? { precision: 0 } : {};
  return (
    <InputNumber<number>
      id={id}
      aria-label={label}
      className="form-number"
      controls={false}
      disabled={disabled}
      {...(invalid && { status: "error" as const })}
      {...precision}
      {...(money && { suffix: zh.form.yuan })}
      value={number !== null && money ? yuan(number) : number}
      onChange={(next) => {
        onChange(next === null ? undefined : money ? fen(next) : next);
      }}
    />
  );
}

/** Few choices are all in sight; many are in a list. */
const IN_SIGHT_MAX = 4;

function Choice(props: ControlProps & { many: boolean }) {
  const { id, label, schema, value, onChange, disabled, invalid, many } = props;
  const texts = (many ? schema.items?.enum : schema.enum) ?? [];
  const options = texts.map((text) => ({ value: text, label: text }));
  const status = invalid ? { status: "error" as const } : {};
  if (many && texts.length <= IN_SIGHT_MAX) {
    return (
      <div id={id} role="group" aria-label={label}>
        <Checkbox.Group options={options} value={listOf(value)} disabled={disabled}
          onChange={(next) => { onChange(next); }} />
      </div>
    );
  }
  if (many) {
    return (
      <LeftByTab>
        <Select id={id} aria-label={label} mode="multiple" options={options} disabled={disabled}
          {...status} value={listOf(value)} onChange={onChange} />
      </LeftByTab>
    );
  }
  const chosen = textOf(value);
  return (
    <Select id={id} aria-label={label} allowClear={clearableChoice} options={options} disabled={disabled}
      {...status} value={chosen === "" ? null : chosen}
      onChange={(next: string | null | undefined) => { onChange(next ?? undefined); }} />
  );
}

function YesNo({ id, label, value, onChange, disabled }: ControlProps) {
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      disabled={disabled}
      value={typeof value === "boolean" ? value : undefined}
      options={[{ value: true, label: zh.form.yes }, { value: false, label: zh.form.no }]}
      onChange={(event) => { onChange(event.target.value as boolean); }}
    />
  );
}

function Table({ id, label, schema, value, onChange, disabled, invalid }: ControlProps) {
  const columns = Object.entries(schema.items?.properties ?? {});
  const rows = rowsOf(value);
  const put = (at: number, name: string, cell: Value | undefined) => {
    onChange(rows.map((row, index) => (index === at ? withValue(row, name, cell) : row)));
  };
  return (
    <div className="form-table">
      {rows.map((row, at) => (
        <div key={at} className="form-table-row">
          {columns.map(([name, column]) => (
            <div key={name} className="form-field">
              <label htmlFor={`${id}-${String(at)}-${name}`}>{name}</label>
              <Control id={`${id}-${String(at)}-${name}`} label={zh.form.row(at + 1, name)}
                schema={column} value={row[name]} disabled={disabled} invalid={invalid}
                onChange={(cell) => { put(at, name, cell); }} />
            </div>
          ))}
          <Button type="text" aria-label={zh.form.dropRow(at + 1)}
            onClick={() => { onChange(rows.filter((_, index) => index !== at)); }}>
            {zh.common.remove}
          </Button>
        </div>
      ))}
      <Button id={id} aria-label={zh.work.at(zh.form.addRow, label)} disabled={disabled}
        onClick={() => { onChange([...rows, {}]); }}>
        {zh.form.addRow}
      </Button>
    </div>
  );
}
