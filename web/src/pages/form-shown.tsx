// What a form holds, to be read.
import type { FieldSchema, FormSchema, Value, Values } from "../api/work-types";
import { zh } from "../i18n/zh-cn";
import {
  isEmpty, kindOf, localOf, moneyText, type Reference, sections,
} from "../parts/form-values";
import { Nothing } from "../parts/standing-states";
import { FileLinks, type FormFile } from "../parts/file-links";
import { useNames } from "./form-names";
import { Whole } from "../ui/whole";

const REFERENCES: Record<string, Reference> = {
  unit: "unit", units: "unit", post: "post", posts: "post", person: "person", persons: "person",
};

interface Props {
  form: FormSchema;
  values: Values;
  /** The files among the values, each with its address. */
  files: FormFile[];
}

export function FormShown({ form, values, files }: Props) {
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
                  <dd><Shown schema={schema} value={value} files={files} /></dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface ShownProps {
  schema: FieldSchema;
  value: Value;
  files: FormFile[];
}

function Shown({ schema, value, files }: ShownProps) {
  const kind = kindOf(schema);
  const reference = REFERENCES[kind];
  if (reference !== undefined) return <Names kind={reference} value={value} />;
  if (kind === "money" && typeof value === "number") return moneyText(value);
  if (typeof value === "boolean") return value ? zh.form.yes : zh.form.no;
  if (kind === "date-time" && typeof value === "string") {
    return <span className="whole">{localOf(value).replace("T", " ")}</span>;
  }
  if (!Array.isArray(value)) {
    return <span className="form-text"><Whole text={String(value)} /></span>;
  }
  if (kind === "table") return <Rows schema={schema} value={value} files={files} />;
  const texts = value.filter((one) => typeof one === "string");
  return kind === "files" ? <FileLinks digests={texts} files={files} /> : texts.join("、");
}

function Names({ kind, value }: { kind: Reference; value: Value }) {
  const list: (string | object)[] = Array.isArray(value) ? value : [String(value)];
  const ids = list.filter((one) => typeof one === "string");
  return useNames(kind, ids).join("、");
}

function Rows({ schema, value, files }: ShownProps) {
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
                    {cell !== undefined && <Shown schema={column} value={cell} files={files} />}
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
