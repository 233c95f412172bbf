// Changing a process: text and form side by side, checked as one writes, tried before released.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { asProblem, isGone } from "../api/problem";
import type { CheckedView, ProcessView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { useProcess } from "./process";
import { Proposal, useLibraryAct, Why } from "./process-editions";

const e = zh.editing;
/** Long enough not to check every key. */
const WAIT_MS = 600;

export function ProcessEditPage() {
  const { code = "" } = useParams();
  const { who } = useSession();
  const page = useProcess(code);
  const admin = who.posts.find((post) =>
    post.duties.includes("system_admin") || post.duties.includes("security_admin"));
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={zh.process.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  if (admin === undefined) {
    return <Page title={e.title(page.data.name)}><Nothing text={zh.monitor.notPermitted} /></Page>;
  }
  return <Loaded key={code} view={page.data} post={admin.id} />;
}

/** The form's text as it was written, which the page of the process tells only as data. */
function Loaded({ view, post }: { view: ProcessView; post: string }) {
  const version = view.version ?? view.editions[0]?.version ?? 1;
  const texts = useQuery({
    queryKey: ["process", view.code, "edition", version],
    queryFn: () => workflow.edition(view.code, version),
    staleTime: Infinity,
  });
  if (texts.isPending) return <Waiting />;
  if (texts.data === undefined) {
    return <Page title={e.title(view.name)}><Failed error={texts.error} /></Page>;
  }
  return <Editing view={view} post={post} began={texts.data} />;
}

interface EditingProps {
  view: ProcessView;
  post: string;
  began: { flow: string; form: string };
}

function Editing({ view, post, began }: EditingProps) {
  const [flow, setFlow] = useState(began.flow);
  const [form, setForm] = useState(began.form);
  const still = useDelayed(JSON.stringify([flow, form]), WAIT_MS);
  const checked = useQuery({
    queryKey: ["process-check", still],
    queryFn: () => {
      const [text, schema] = JSON.parse(still) as [string, string];
      return workflow.check({ flow: text, form: schema });
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={e.title(view.name)}>
      {view.proposal != null && <Proposal view={view} post={post} />}
      <div className="process-texts">
        <TextPart id="edit-flow" label={e.flow} value={flow} onChange={setFlow} />
        <TextPart id="edit-form" label={e.form} value={form} onChange={setForm} />
      </div>
      {checked.data !== undefined && <Checked view={checked.data} />}
      {checked.isError && <ProblemNote problem={asProblem(checked.error)} />}
      <Rehearsal flow={flow} form={form} />
      <Foot view={view} post={post} flow={flow} form={form} />
    </Page>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function TextPart({ id, label, value, onChange }: TextProps) {
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea id={id} className="code-area" rows={24} value={value} spellCheck={false}
        onChange={(event) => { onChange(event.target.value); }} />
    </div>
  );
}

function Checked({ view }: { view: CheckedView }) {
  const clean = view.mistakes.length === 0 && view.findings.length === 0;
  if (clean) return <p className="bar" role="status">{e.clean}</p>;
  const names: Record<string, string> = { flow: e.flow, form: e.form };
  return (
    <div className="problem" role="status">
      {view.mistakes.map((one) => (
        <p key={`${one.of}:${String(one.line)}:${String(one.column)}:${one.message}`}>
          <b>{e.at(names[one.of] ?? one.of, one.line, one.column)}</b>：{one.message}
        </p>
      ))}
      {view.findings.map((finding) => <p key={finding}><b>{e.findings}</b>：{finding}</p>)}
    </div>
  );
}

function Rehearsal({ flow, form }: { flow: string; form: string }) {
  const [scenario, setScenario] = useState("");
  const trial = useMutation({ mutationFn: () => workflow.rehearse({ flow, form, scenario }) });
  return (
    <Block title={e.rehearse}>
      <div className="stack">
        <TextPartShort value={scenario} onChange={setScenario} />
        <div>
          <Button loading={trial.isPending} disabled={scenario.trim() === ""}
            onClick={() => { trial.mutate(); }}>
            {e.rehearse}
          </Button>
        </div>
        {trial.isError && <ProblemNote problem={asProblem(trial.error)} />}
        {trial.data !== undefined && (
          <>
            <p role="status" className={trial.data.passed ? "tone-green" : "red"}>
              {trial.data.passed ? e.passed : e.failed}
            </p>
            <pre className="flow" tabIndex={0} aria-label={e.transcript}>
              {trial.data.transcript}
            </pre>
          </>
        )}
      </div>
    </Block>
  );
}

function TextPartShort({ value, onChange }: Pick<TextProps, "value" | "onChange">) {
  return (
    <>
      <label htmlFor="edit-scenario">{e.scenario}</label>
      <Input.TextArea id="edit-scenario" className="code-area" rows={6} value={value}
        spellCheck={false} onChange={(event) => { onChange(event.target.value); }} />
    </>
  );
}

interface FootProps {
  view: ProcessView;
  post: string;
  flow: string;
  form: string;
}

function Foot({ view, post, flow, form }: FootProps) {
  const [asking, setAsking] = useState(false);
  const { message } = App.useApp();
  const go = useNavigate();
  const act = useLibraryAct(view.code);
  const back = `/processes/${encodeURIComponent(view.code)}`;
  const send = (note: string) => {
    act.mutate({ as_post: post, request: { do: "propose", flow, form, note } }, {
      onSuccess: () => {
        void message.success(e.proposed);
        void go(back);
      },
    });
  };
  return (
    <div className="foot-bar">
      <Button type="primary" disabled={view.proposal != null} onClick={() => { setAsking(true); }}>
        {e.propose}
      </Button>
      <Button onClick={() => void go(back)}>{zh.common.back}</Button>
      {asking && (
        <Why title={e.propose} busy={act.isPending} error={act.error} onSend={send}
          onClose={() => { setAsking(false); act.reset(); }} />
      )}
    </div>
  );
}
