// The form of a process while it is changed: as a table, as text, by step, and as it will look.
import { Segmented } from "antd";
import { useState } from "react";
import { zh } from "../i18n/zh-cn";
import { CodeEditor } from "../parts/code-editor";
import { withRenamedField } from "../parts/flow-rename";
import { Block } from "../shell/page";
import { FormEditor } from "./form-editor";
import { FormPreview, FormRights } from "./form-rights";

const f = zh.formEditor;

type Way = "design" | "rights" | "preview" | "json";

interface Props {
  flow: string;
  form: string;
  onFlow: (flow: string) => void;
  onForm: (form: string) => void;
}

const NONE: never[] = [];

export function ProcessForm({ flow, form, onFlow, onForm }: Props) {
  const [way, setWay] = useState<Way>("design");
  const [told, setTold] = useState("");
  const follow = (from: string, to: string) => {
    const renamed = withRenamedField(flow, from, to);
    onFlow(renamed.flow);
    setTold(renamed.lines.length === 0
      ? f.renamedAlone(from, to)
      : f.renamedIn(from, to, renamed.lines));
  };
  return (
    <Block title={f.title}>
      <div className="stack">
        <div>
          <Segmented<Way> aria-label={f.ways} value={way} onChange={setWay} options={[
            { value: "design", label: f.design },
            { value: "rights", label: f.rights },
            { value: "preview", label: f.preview },
            { value: "json", label: f.json },
          ]} />
        </div>
        <p role="status" className="soft">{told}</p>
        {way === "design" && (
          <FormEditor text={form} onChange={onForm} onRenamed={follow} />
        )}
        {way === "rights" && <FormRights flow={flow} form={form} onFlow={onFlow} />}
        {way === "preview" && <FormPreview flow={flow} form={form} />}
        {way === "json" && (
          <CodeEditor label={f.text} value={form} onChange={onForm} mistakes={NONE} />
        )}
      </div>
    </Block>
  );
}
