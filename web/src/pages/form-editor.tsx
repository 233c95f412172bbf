// A form designed as a table of fields, written as text, tried in its preview: one and the same.
import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { FieldSchema } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import {
  type DesignedForm, fieldNames, moved, ofKind, optionsOf, readForm, renamed, withField,
  withNewField, withOptions, withoutField, withRequired, withTitleField, writtenForm, wrongName,
} from "../parts/form-design";
import { fen, type Kind, kindOf, yuan } from "../parts/form-values";

const f = zh.formEditor;

interface Props {
  text: string;
  onChange: (text: string) => void;
}

export function FormEditor({ text, onChange }: Props) {
  const read = readForm(text);
  if ("broken" in read) return <p className="problem" role="alert">{read.broken}</p>;
  const { form } = read;
  const change = (next: DesignedForm) => { onChange(writtenForm(next)); };
  const names = fieldNames(form);
  return (
    <div className="form-design">
      <Head form={form} names={names} onChange={change} />
      <ol className="form-design-fields" aria-label={f.fieldsOf}>
        {names.map((name, at) => (
          <DesignedField key={name} form={form} name={name} first={at === 0}
            last={at === names.length - 1} onChange={change} />
        ))}
      </ol>
      <Button onClick={() => { change(withNewField(form)); }}>{f.add}</Button>
    </div>
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
    </div>
  );
}

interface FieldProps {
  form: DesignedForm;
  name: string;
  first: boolean;
  last: boolean;
  onChange: (form: DesignedForm) => void;
}

const KINDS = Object.entries(f.kinds).map(([value, label]) => ({ value: value as Kind, label }));

function DesignedField({ form, name, first, last, onChange }: FieldProps) {
  const [open, setOpen] = useState(false);
  const schema = form.properties?.[name];
  if (schema === undefined) return null;
  return (
    <li>
      <div className="form-design-field">
        <Name form={form} name={name} onChange={onChange} />
        <Select<Kind> aria-label={`${name} ${f.kind}`} value={kindOf(schema)} options={KINDS}
          onChange={(kind) => { onChange(withField(form, name, ofKind(schema, kind))); }} />
        <Checkbox checked={form.required?.includes(name) === true}
          onChange={(event) => { onChange(withRequired(form, name, event.target.checked)); }}>
          {f.required}
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
          onChange={(next) => { onChange(withField(form, name, next)); }} />
      )}
    </li>
  );
}

/** A name takes effect when it is left, so that no half a name is ever one. */
function Name({ form, name, onChange }: Pick<FieldProps, "form" | "name" | "onChange">) {
  const [typed, setTyped] = useState(name);
  const problem = typed === name ? undefined : wrongName(form, typed);
  const take = () => {
    if (typed !== name && problem === undefined) onChange(renamed(form, name, typed));
  };
  return (
    <span className="form-design-name">
      <Input aria-label={`${name} ${f.field}`} value={typed} maxLength={40}
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
}

/** Sets a part of a schema, or takes it away. */
function withPart<K extends keyof FieldSchema>(
  schema: FieldSchema, part: K, value: FieldSchema[K] | null | undefined,
): FieldSchema {
  const rest = Object.entries(schema).filter(([known]) => known !== part);
  const next = value === null || value === undefined || value === "" ? rest : [...rest, [part, value]];
  return Object.fromEntries(next) as FieldSchema;
}

function Details({ name, schema, onChange }: DetailsProps) {
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
      {kind === "table" && <p className="soft">{f.tableNote}</p>}
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

function Options({ id, schema, onChange }: { id: string } & Omit<DetailsProps, "name">) {
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
