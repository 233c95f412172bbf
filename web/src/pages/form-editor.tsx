// A form designed as a table of fields, written as text, tried in its preview: one and the same.
import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { FieldSchema } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import {
  type DesignedForm, fieldNames, moved, ofKind, optionsOf, readForm, renamed, sectionTitles,
  withField, withNewField, withOptions, withoutField, withRequired, withSectionTitle,
  withTitleField, writtenForm, wrongName,
} from "../parts/form-design";
import type { Rename } from "../parts/flow-rename";
import { fen, type Kind, kindOf, yuan } from "../parts/form-values";

const f = zh.formEditor;

interface Props {
  text: string;
  onChange: (text: string) => void;
  /** A field, or a column of a table, has another name from now on. */
  onRenamed: (rename: Rename) => void;
}

export function FormEditor({ text, onChange, onRenamed }: Props) {
  const read = readForm(text);
  if ("broken" in read) return <p className="problem" role="alert">{read.broken}</p>;
  const { form } = read;
  const change = (next: DesignedForm) => { onChange(writtenForm(next)); };
  const names = fieldNames(form);
  return (
    <div className="form-design">
      <Head form={form} names={names} onChange={change} />
      <Fields form={form} of="form" label={f.fieldsOf} onChange={change} onRenamed={onRenamed} />
      <Button onClick={() => { change(withNewField(form, f.newName)); }}>{f.add}</Button>
    </div>
  );
}

interface FieldsProps {
  form: DesignedForm;
  /** A table's rows are described as a form is: its columns are the fields. */
  of: "form" | "table";
  label: string;
  onChange: (form: DesignedForm) => void;
  onRenamed: Props["onRenamed"];
}

function Fields({ label, ...props }: FieldsProps) {
  const names = fieldNames(props.form);
  return (
    <ol className="form-design-fields" aria-label={label}>
      {names.map((name, at) => (
        <DesignedField key={name} {...props} name={name} first={at === 0}
          last={at === names.length - 1} />
      ))}
    </ol>
  );
}

interface HeadProps {
  form: DesignedForm;
  names: string[];
  onChange: (form: DesignedForm) => void;
}

function Head({ form, names, onChange }: HeadProps) {
  const lines = names.filter((name) => {
    const field = form.properties?.[name];
    return field !== undefined && kindOf(field) === "line";
  });
  return (
    <div className="form-design-head">
      <label>
        <span>{f.formTitle}</span>
        <Input value={form.title ?? ""} maxLength={60}
          onChange={(event) => { onChange({ ...form, title: event.target.value }); }} />
      </label>
      <label>
        <span>{f.titleField}</span>
        <Select aria-label={f.titleField} value={form["x-title"] ?? ""}
          options={[{ value: "", label: f.noTitleField },
            ...lines.map((name) => ({ value: name, label: name }))]}
          onChange={(name) => {
            onChange(withTitleField(form, name === "" ? undefined : name));
          }} />
      </label>
      {sectionTitles(form).map((title, at) => (
        <label key={at}>
          <span>{f.section(at + 1)}</span>
          <Input value={title} maxLength={60}
            onChange={(event) => { onChange(withSectionTitle(form, at, event.target.value)); }} />
        </label>
      ))}
    </div>
  );
}

type FieldProps = Omit<FieldsProps, "label"> & {
  name: string;
  first: boolean;
  last: boolean;
};

const KINDS = Object.entries(f.kinds).map(([value, label]) => ({ value: value as Kind, label }));
/** A table within a table has no place on a page. */
const COLUMN_KINDS = KINDS.filter(({ value }) => value !== "table");

function DesignedField({ form, of, name, first, last, onChange, onRenamed }: FieldProps) {
  const [open, setOpen] = useState(false);
  const schema = form.properties?.[name];
  if (schema === undefined) return null;
  return (
    <li>
      <div className="form-design-field">
        <Name form={form} of={of} name={name} onTake={(to) => {
          onChange(renamed(form, name, to));
          onRenamed({ from: name, to });
        }} />
        <Select<Kind> aria-label={`${name} ${f.kind}`} value={kindOf(schema)}
          options={of === "form" ? KINDS : COLUMN_KINDS}
          onChange={(kind) => { onChange(withField(form, name, ofKind(schema, kind))); }} />
        <Checkbox checked={form.required?.includes(name) === true}
          onChange={(event) => { onChange(withRequired(form, name, event.target.checked)); }}>
          {of === "form" ? f.required : f.requiredColumn}
        </Checkbox>
        <span className="form-design-tools">
          <Button aria-label={f.up(name)} title={f.up(name)} disabled={first}
            onClick={() => { onChange(moved(form, name, -1)); }}>↑</Button>
          <Button aria-label={f.down(name)} title={f.down(name)} disabled={last}
            onClick={() => { onChange(moved(form, name, 1)); }}>↓</Button>
          <Button aria-label={f.more(name)} aria-expanded={open}
            onClick={() => { setOpen(!open); }}>{f.details}</Button>
          <Button aria-label={f.remove(name)} onClick={() => { onChange(withoutField(form, name)); }}>
            {zh.common.remove}
          </Button>
        </span>
      </div>
      {open && (
        <Details name={name} schema={schema}
          onChange={(next) => { onChange(withField(form, name, next)); }}
          onRenamed={(column) => { onRenamed({ ...column, table: name }); }} />
      )}
    </li>
  );
}

interface NameProps {
  form: DesignedForm;
  of: FieldsProps["of"];
  name: string;
  onTake: (name: string) => void;
}

/** A name takes effect when it is left, so that no half a name is ever one. */
function Name({ form, of, name, onTake }: NameProps) {
  const [typed, setTyped] = useState(name);
  const problem = typed === name ? undefined : wrongName(form, typed);
  const take = () => {
    if (typed !== name && problem === undefined) onTake(typed);
  };
  return (
    <span className="form-design-name">
      <Input aria-label={`${name} ${f.nameOf[of]}`} value={typed} maxLength={40}
        {...(problem !== undefined && { status: "error" as const })}
        onChange={(event) => { setTyped(event.target.value); }} onBlur={take}
        onPressEnter={take} />
      {problem !== undefined && <span className="red" role="alert">{problem}</span>}
    </span>
  );
}

interface DetailsProps {
  name: string;
  schema: FieldSchema;
  onChange: (schema: FieldSchema) => void;
  /** A column has another name: of a table only. */
  onRenamed: Props["onRenamed"];
}

/** Sets a part of a schema, or takes it away. */
function withPart<K extends keyof FieldSchema>(
  schema: FieldSchema, part: K, value: FieldSchema[K] | null | undefined,
): FieldSchema {
  const rest = Object.entries(schema).filter(([known]) => known !== part);
  const next = value === null || value === undefined || value === "" ? rest : [...rest, [part, value]];
  return Object.fromEntries(next) as FieldSchema;
}

function Details({ name, schema, onChange, onRenamed }: DetailsProps) {
  const kind = kindOf(schema);
  const id = (part: string) => `design-${name}-${part}`;
  const number = (part: "minimum" | "maximum" | "maxLength", label: string) => {
    const money = kind === "money" && part !== "maxLength";
    const value = schema[part];
    return (
      <div className="form-field">
        <label htmlFor={id(part)}>{label}</label>
        <InputNumber<number> id={id(part)} className="form-number" controls={false}
          {...(money && { suffix: zh.form.yuan, precision: 2 })}
          {...(part === "maxLength" && { min: 1, precision: 0 })}
          value={value === undefined ? null : money ? yuan(value) : value}
          onChange={(next) => {
            onChange(withPart(schema, part, next !== null && money ? fen(next) : next));
          }} />
      </div>
    );
  };
  return (
    <div className="form-row form-design-details">
      {(kind === "choice" || kind === "choices") && (
        <Options id={id("options")} schema={schema} onChange={onChange} />
      )}
      {["integer", "number", "money"].includes(kind) && number("minimum", f.minimum)}
      {["integer", "number", "money"].includes(kind) && number("maximum", f.maximum)}
      {["line", "text"].includes(kind) && number("maxLength", f.maxLength)}
      {kind === "table" && (
        <Columns name={name} schema={schema} onChange={onChange} onRenamed={onRenamed} />
      )}
      <div className="form-field">
        <label htmlFor={id("description")}>{f.description}</label>
        <Input id={id("description")} value={schema.description ?? ""} maxLength={200}
          onChange={(event) => {
            onChange(withPart(schema, "description", event.target.value));
          }} />
      </div>
    </div>
  );
}

function Columns({ name, schema, onChange, onRenamed }: DetailsProps) {
  const rows = (schema.items ?? { type: "object" }) as DesignedForm;
  const change = (items: DesignedForm) => { onChange({ ...schema, items: items as FieldSchema }); };
  return (
    <div className="form-design-columns">
      <Fields form={rows} of="table" label={f.columnsOf(name)} onChange={change}
        onRenamed={onRenamed} />
      <Button onClick={() => { change(withNewField(rows, f.newColumn)); }}>{f.addColumn}</Button>
    </div>
  );
}

type OptionsProps = { id: string } & Pick<DetailsProps, "schema" | "onChange">;

function Options({ id, schema, onChange }: OptionsProps) {
  const [typed, setTyped] = useState(optionsOf(schema).join("\n"));
  return (
    <div className="form-field">
      <label htmlFor={id}>{f.options}</label>
      <Input.TextArea id={id} autoSize={{ minRows: 3, maxRows: 10 }} value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const options = event.target.value.split("\n").map((one) => one.trim());
          onChange(withOptions(schema, [...new Set(options.filter((one) => one !== ""))]));
        }} />
    </div>
  );
}
