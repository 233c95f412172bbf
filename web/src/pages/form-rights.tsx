// What each step may do with each field, and how the form then looks to whoever handles it.
import { Select } from "antd";
import { useState } from "react";
import type { FormSchema, Values } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import {
  fieldNames, handledSteps, readForm, type Right, rightOf, withRight,
} from "../parts/form-design";
import { laterFields } from "../parts/form-values";
import { Nothing } from "../parts/standing-states";
import { FormFields } from "./form-fields";

const f = zh.formEditor;

const RIGHTS = Object.entries(f.right).map(([value, label]) => ({ value: value as Right, label }));

interface RightsProps {
  flow: string;
  form: string;
  onFlow: (flow: string) => void;
}

export function FormRights({ flow, form, onFlow }: RightsProps) {
  const read = readForm(form);
  if ("broken" in read) return <p className="problem" role="alert">{read.broken}</p>;
  const steps = handledSteps(flow);
  if (steps.length === 0) return <Nothing text={f.noSteps} />;
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={f.rights}>
      <table className="form-rows rights">
        <thead>
          <tr>
            <th scope="col">{f.fieldsOf}</th>
            {steps.map((step) => <th key={step.id} scope="col">{step.name}</th>)}
          </tr>
        </thead>
        <tbody>
          {fieldNames(read.form).map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {steps.map((step) => (
                <td key={step.id}>
                  <Select<Right> aria-label={f.stepOf(step.name, name)} options={RIGHTS}
                    value={rightOf(step.text, name)}
                    onChange={(right) => { onFlow(withRight(flow, step.line, name, right)); }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const START = "";

/** The form as it is filled in, at the start or at one step; what is typed here is kept nowhere. */
export function FormPreview({ flow, form }: { flow: string; form: string }) {
  const [at, setAt] = useState(START);
  const [values, setValues] = useState<Values>({});
  const read = readForm(form);
  if ("broken" in read) return <p className="problem" role="alert">{read.broken}</p>;
  const schema: FormSchema = read.form;
  const steps = handledSteps(flow);
  const step = steps.find(({ id }) => id === at);
  const later = laterFields(schema, flow);
  const right = (name: string) => (step === undefined ? "read" : rightOf(step.text, name));
  const shown = (name: string) =>
    step === undefined ? !later.has(name) : ["write", "require"].includes(right(name));
  const names = fieldNames(read.form);
  const required = step === undefined
    ? schema.required ?? []
    : names.filter((name) => right(name) === "require");
  return (
    <div className="stack">
      <div className="bar">
        <Select aria-label={f.previewAt} className="preview-at" value={step?.id ?? START}
          onChange={setAt} options={[{ value: START, label: f.previewStart },
            ...steps.map(({ id, name }) => ({ value: id, label: name }))]} />
        <span className="soft">{f.previewNote}</span>
      </div>
      {names.some(shown)
        ? <FormFields form={schema} values={values} required={required} shown={shown}
            prefix="preview" onChange={setValues} />
        : <Nothing text={f.nothingToFill} />}
    </div>
  );
}
