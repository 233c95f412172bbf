// The form of a process while it is changed: as a table, as text, by step, and as it will look.
import { Segmented } from "antd";
import { useState } from "react";
import { zh } from "../i18n/zh-cn";
import { CodeEditor } from "../parts/code-editor";
import { Fold, type Folding } from "../parts/fold";
import { type Rename, renamedInFlow, renamedInScenario } from "../parts/flow-rename";
import { FormEditor } from "./form-editor";
import { FormPreview, FormRights } from "./form-rights";

const [f, e] = [zh.formEditor, zh.editing];

type Way = "design" | "rights" | "preview" | "json";

interface Props extends Folding {
  flow: string;
  form: string;
  scenario: string;
  onFlow: (flow: string) => void;
  onForm: (form: string) => void;
  onScenario: (scenario: string) => void;
}

const NONE: never[] = [];

export function ProcessForm(props: Props) {
  const { flow, form, scenario, onFlow, onForm, onScenario } = props;
  const [way, setWay] = useState<Way>("design");
  const [told, setTold] = useState("");
  const follow = (rename: Rename) => {
    const inFlow = renamedInFlow(flow, rename);
    const inScenario = renamedInScenario(scenario, rename);
    onFlow(inFlow.text);
    onScenario(inScenario.text);
    const places = [
      { text: e.flow, lines: inFlow.lines },
      { text: e.scenario, lines: inScenario.lines },
    ].filter(({ lines }) => lines.length > 0);
    const { from, to, table } = rename;
    setTold(f.renamed(table === undefined ? from : f.columnOf(table, from), to,
      places.map(({ text, lines }) => f.renamedLines(text, lines))));
  };
  return (
    <Fold title={f.title} open={props.open} onOpen={props.onOpen}>
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
    </Fold>
  );
}
