// What a form holds, to be read.
import type { FieldSchema, FormSchema, Value, Values } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import {
  isEmpty, kindOf, localOf, moneyText, type Reference, sections,
} from "../parts/form-values";
import { Nothing } from "../parts/standing-states";
import { useNames } from "./form-names";

const REFERENCES: Record<string, Reference> = {
  unit: "unit", units: "unit", post: "post", posts: "post", person: "person", persons: "person",
};

export function FormShown({ form, values }: { form: FormSchema; values: Values }) {
  const shown = sections(form, (name) => !isEmpty(values[name]));
  if (shown.length === 0) return <Nothing />;
  return (
    <div className="form-shown">
      {shown.map(({ title, rows }) => (
        <section key={title}>
          {title !== "" && <h3>{title}</h3>}
          <dl>
            {rows.flat().map((name) => {
              const schema = form.properties?.[name];
              const value = values[name];
              if (schema === undefined || value === undefined) return null;
              return (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd><Shown schema={schema} value={value} /></dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Shown({ schema, value }: { schema: FieldSchema; value: Value }) {
  const kind = kindOf(schema);
  const reference = REFERENCES[kind];
  if (reference !== undefined) return <Names kind={reference} value={value} />;
  if (kind === "money" && typeof value === "number") return moneyText(value);
  if (typeof value === "boolean") return value ? zh.form.yes : zh.form.no;
  if (kind === "date-time" && typeof value === "string") return localOf(value).replace("T", " ");
  if (!Array.isArray(value)) return <span className="form-text">{String(value)}</span>;
  if (kind === "table") return <Rows schema={schema} value={value} />;
  const texts = value.filter((one) => typeof one === "string");
  return texts.map((text) => (kind === "files" ? zh.form.file(text) : text)).join("、");
}

function Names({ kind, value }: { kind: Reference; value: Value }) {
  const list: (string | object)[] = Array.isArray(value) ? value : [String(value)];
  const ids = list.filter((one) => typeof one === "string");
  return useNames(kind, ids).join("、");
}

function Rows({ schema, value }: { schema: FieldSchema; value: Value }) {
  const columns = Object.entries(schema.items?.properties ?? {});
  const rows = Array.isArray(value) ? value.filter((row) => typeof row === "object") : [];
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={zh.form.rows(rows.length)}>
      <table className="form-rows">
        <thead><tr>{columns.map(([name]) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {columns.map(([name, column]) => {
                const cell = row[name];
                return (
                  <td key={name}>
                    {cell !== undefined && <Shown schema={column} value={cell} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
