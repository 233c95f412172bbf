// One act on a matter, with what it needs to be told.
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Radio, Select } from "antd";
import { useEffect, useState } from "react";
import { asProblem } from "../api/problem";
import type { FormSchema, Values, WorkAction, WorkRequest, WorkView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { laterFields, problems } from "../parts/form-values";
import { ProblemNote } from "../parts/problem-note";
import { FormFields } from "./form-fields";
import { useKeepName } from "./form-names";
import { ManyPosts, OnePost } from "./form-pickers";
import { workActionName } from "./work-actions";
import { asked, type Told, workRequest } from "./work-request";
import { Dialog } from "../ui/dialog";

interface Props {
  view: WorkView;
  action: WorkAction;
  busy: boolean;
  error: unknown;
  onSend: (request: WorkRequest) => void;
  onClose: () => void;
  onReload: () => void;
}

type Part = Props & {
  told: Told;
  onTold: (part: Partial<Told>) => void;
  wrong: Record<string, string>;
  /** The process's text; empty until it is known. */
  flow: string;
};

export function WorkDialog(props: Props) {
  const { view, action } = props;
  const form = view.form as FormSchema;
  const before = view.values as Values;
  const target = action.targets.at(-1);
  const process = useQuery({
    queryKey: ["process", view.code, "edition", view.edition],
    queryFn: () => workflow.edition(view.code, view.edition),
  });
  const [told, setTold] = useState<Told>({
    opinion: action.name === "approve" ? zh.action.phraseList[0] : "",
    target: target?.id ?? "",
    way: target?.way === "direct" ? "direct" : "redo",
    posts: [],
    choice: action.choices[0] ?? action.holders[0]?.post ?? "",
    granted: true,
    values: before,
  });
  const keep = useKeepName();
  useEffect(() => {
    view.files.forEach((file) => { keep("file", file.digest, file.name); });
  });
  const [missing, setMissing] = useState("");
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const send = () => {
    const fields = asked(action, form);
    const found = fields.length === 0
      ? {}
      : problems(form, told.values, action.name === "fill" ? [] : action.require);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const request = workRequest(action, told, before);
    setMissing(typeof request === "string" ? request : "");
    if (typeof request !== "string") props.onSend(request);
  };
  const name = workActionName(action);
  const wide = asked(action, form).length > 0;
  return (
    <Dialog
      title={action.step_name === "" ? name : zh.work.at(name, action.step_name)}
      okText={action.name === "fill" ? zh.document.save : name}
      cancelText={zh.common.cancel}
      confirmLoading={props.busy}
      onOk={send}
      onCancel={props.onClose}
      width={wide ? 760 : 520}
      mask={{ closable: false }}
    >
      <Fields {...props} told={told} wrong={wrong} flow={process.data?.flow ?? ""}
        onTold={(part) => { setTold({ ...told, ...part }); }} />
      {missing !== "" && <p className="red" role="alert">{missing}</p>}
      {props.error != null && (
        <ProblemNote problem={asProblem(props.error)} onReload={props.onReload} />
      )}
    </Dialog>
  );
}

function Fields(props: Part) {
  const { action, flow } = props;
  switch (action.name) {
    case "submit":
      return <div className="stack"><FormPart {...props} /><Opinion {...props} /></div>;
    case "fill":
      return <FormPart {...props} />;
    case "approve":
      return (
        <div className="stack">
          <FormPart {...props} />
          {new RegExp(`pick:${action.step}\\b`).test(flow) && <Posts {...props} />}
          <Opinion {...props} phrases />
        </div>
      );
    case "return":
      return <div className="stack"><Back {...props} /><Opinion {...props} reason /></div>;
    case "transfer":
    case "delegate":
      return <div className="stack"><OneOf {...props} /><Opinion {...props} /></div>;
    case "add_before":
    case "add_after":
    case "join":
      return <div className="stack"><Posts {...props} /><Opinion {...props} /></div>;
    case "stop_clock":
    case "happen":
      return <div className="stack"><Choice {...props} /><Opinion {...props} /></div>;
    case "reduce":
      return <div className="stack"><Holders {...props} /></div>;
    case "answer_extension":
      return (
        <div className="stack">
          <Holders {...props} />
          <Granting {...props} />
          <p className="soft">{zh.work.answerOnce}</p>
        </div>
      );
    case "urge":
    case "reject":
    case "advise":
      return <Opinion {...props} />;
    case "ask_extension":
      return (
        <div className="stack">
          <p>{zh.work.askOnce}</p>
          <Opinion {...props} reason />
        </div>
      );
    case "revoke":
      return <Opinion {...props} reason />;
    default:
      return <p>{zh.work.confirm[action.name]}</p>;
  }
}

function FormPart({ view, action, told, onTold, wrong, flow }: Part) {
  const form = view.form as FormSchema;
  const fields = asked(action, form);
  if (fields.length === 0) return null;
  const later = action.write.includes("*") ? laterFields(form, flow) : new Set<string>();
  return (
    <FormFields form={form} values={told.values} required={action.require} wrong={wrong}
      prefix="act"
      shown={(name) => fields.includes(name)
        && (!later.has(name) || action.require.includes(name))}
      onChange={(values) => { onTold({ values }); }} />
  );
}

function Back({ action, told, onTold }: Part) {
  const target = action.targets.find((one) => one.id === told.target);
  return (
    <>
      <label htmlFor="act-target">{zh.action.target}</label>
      <Select
        id="act-target"
        value={told.target}
        options={action.targets.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(id) => {
          const way = action.targets.find((one) => one.id === id)?.way;
          onTold({ target: id, way: way === "direct" ? "direct" : "redo" });
        }}
      />
      <fieldset className="plain">
        <legend>{zh.work.way}</legend>
        <Radio.Group
          value={told.way}
          options={(["redo", "direct"] as const).map((value) => ({
            value,
            label: zh.work.ways[value],
            disabled: target !== undefined && target.way !== "either" && target.way !== value,
          }))}
          onChange={(event) => { onTold({ way: event.target.value as Told["way"] }); }}
        />
      </fieldset>
    </>
  );
}

function OneOf({ told, onTold }: Part) {
  return (
    <>
      <label htmlFor="act-to">{zh.action.transferTo}</label>
      <OnePost id="act-to" label={zh.action.transferTo} value={told.posts[0]}
        onChange={(post) => { onTold({ posts: post === undefined ? [] : [post] }); }} />
    </>
  );
}

function Posts({ told, onTold }: Part) {
  return (
    <>
      <label htmlFor="act-posts">{zh.work.posts}</label>
      <ManyPosts id="act-posts" label={zh.work.posts} value={told.posts}
        onChange={(posts) => { onTold({ posts }); }} />
    </>
  );
}

function Choice({ action, told, onTold }: Part) {
  const label = action.name === "happen" ? zh.work.event : zh.work.cause;
  return (
    <>
      <label htmlFor="act-choice">{label}</label>
      <Select id="act-choice" aria-label={label} value={told.choice}
        options={action.choices.map((choice) => ({ value: choice, label: choice }))}
        onChange={(choice) => { onTold({ choice }); }} />
    </>
  );
}

/** Whom it is about, of those whom the server names. */
function Holders({ action, told, onTold }: Part) {
  const label = zh.work.whom[action.name] ?? zh.work.posts;
  return (
    <>
      <label htmlFor="act-whom">{label}</label>
      <Select id="act-whom" aria-label={label} value={told.choice}
        options={action.holders.map((one) => ({ value: one.post, label: one.name }))}
        onChange={(choice) => { onTold({ choice }); }} />
    </>
  );
}

function Granting({ told, onTold }: Part) {
  return (
    <fieldset className="plain">
      <legend>{zh.work.answer}</legend>
      <Radio.Group
        value={told.granted}
        options={[
          { value: true, label: zh.work.granted },
          { value: false, label: zh.work.notGranted },
        ]}
        onChange={(event) => { onTold({ granted: event.target.value as boolean }); }}
      />
    </fieldset>
  );
}

function Opinion({ told, onTold, phrases, reason }: Part & { phrases?: true; reason?: true }) {
  return (
    <div className="stack">
      <label htmlFor="act-opinion">
        {reason === true ? zh.action.reason : zh.action.opinion}
      </label>
      <Input.TextArea id="act-opinion" rows={3} maxLength={2000} value={told.opinion}
        onChange={(event) => { onTold({ opinion: event.target.value }); }} />
      {phrases === true && (
        <div className="phrases" role="group" aria-label={zh.action.phrases}>
          {zh.action.phraseList.map((phrase) => (
            <Button key={phrase} size="small" onClick={() => { onTold({ opinion: phrase }); }}>
              {phrase}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
