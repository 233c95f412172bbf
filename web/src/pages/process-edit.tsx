// Changing a process: its text with the drawing beside it, its form, a try-out, then a release.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { asProblem, isGone } from "../api/problem";
import type { CheckedView, ProcessView } from "../api/work-types";
import { type Texts, workflow } from "../api/workflow";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { CodeEditor } from "../parts/code-editor";
import type { CodeMistake, Jump } from "../parts/code-mirror";
import { Fold, useFolds } from "../parts/fold";
import { drawnLines, stepAt, stepLines } from "../parts/process-lines";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { useProcess } from "./process";
import { CompareDialog, useEdition } from "./process-compare";
import { LiveDrawing } from "./process-drawing";
import { Proposal, useLibraryAct, Why } from "./process-editions";
import { ProcessForm } from "./process-form";
import { ImportBpmn } from "./process-import";
import { Trial } from "./process-trial";

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
  const texts = useEdition(view.code, view.version ?? view.editions[0]?.version ?? 1);
  if (texts.isPending) return <Waiting />;
  if (texts.data === undefined) {
    return <Page title={e.title(view.name)}><Failed error={texts.error} /></Page>;
  }
  return <Editing view={view} post={post} began={texts.data} />;
}

/** What is wrong with the texts, once one has stopped writing for a moment. */
function useChecked(texts: Texts) {
  const still = useDelayed(JSON.stringify([texts.flow, texts.form]), WAIT_MS);
  return useQuery({
    queryKey: ["process-check", still],
    queryFn: () => {
      const [flow = "", form = ""] = JSON.parse(still) as string[];
      return workflow.check({ flow, form });
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
}

interface EditingProps {
  view: ProcessView;
  post: string;
  began: Texts;
}

function Editing({ view, post, began }: EditingProps) {
  const [flow, setFlow] = useState(began.flow);
  const [form, setForm] = useState(began.form);
  const [scenario, setScenario] = useState("");
  const fold = useFolds<"text" | "drawing" | "form" | "trial">("text");
  const [jump, setJump] = useState<Jump>();
  const [line, setLine] = useState(0);
  const checked = useChecked({ flow, form });
  const mistakes = useMemo(() => placed(checked.data, flow), [checked.data, flow]);
  const wrong = (checked.data?.mistakes.length ?? 0) + (checked.data?.findings.length ?? 0);
  const go = (to: number | undefined) => {
    if (to === undefined) return;
    fold("text").onOpen(true);
    setJump((last) => ({ line: to, wish: (last?.wish ?? 0) + 1 }));
  };
  return (
    <Page title={e.title(view.name)} tools={<ImportBpmn onFlow={setFlow} />}>
      {view.proposal != null && <Proposal view={view} post={post} />}
      <div className="process-texts">
        <Fold title={e.flow} note={wrong === 0 ? undefined : e.wrong(wrong)} {...fold("text")}>
          <CodeEditor label={e.flow} value={flow} onChange={setFlow} mistakes={mistakes}
            jump={jump} onLine={setLine} />
          {checked.data !== undefined && <Checked view={checked.data} flow={flow} onLine={go} />}
          {checked.isError && <ProblemNote problem={asProblem(checked.error)} />}
        </Fold>
        <LiveDrawing {...fold("drawing")} name={view.name}
          drawing={checked.data?.drawing ?? undefined} selected={stepAt(flow, line)}
          onSelect={(id) => { go(drawnLines(flow).get(id)); }} />
      </div>
      <ProcessForm {...fold("form")} flow={flow} form={form} scenario={scenario}
        onFlow={setFlow} onForm={setForm} onScenario={setScenario} />
      <Trial {...fold("trial")} code={view.code} flow={flow} form={form} scenario={scenario}
        onScenario={setScenario} />
      <Foot view={view} post={post} flow={flow} form={form} />
    </Page>
  );
}

/** Mistakes and findings at their lines in the process's text. */
function placed(view: CheckedView | undefined, flow: string): CodeMistake[] {
  if (view === undefined) return [];
  const lines = new Map(stepLines(flow).map((step) => [step.id, step.line]));
  return [
    ...view.mistakes.filter(({ of, line }) => of === "flow" && line > 0),
    ...view.findings.map(({ step, message }) => ({
      line: lines.get(step) ?? 1, column: 0, message,
    })),
  ];
}

/** A mistake's sentence begins with its place, which stands before it as a link already. */
const PLACE = /^第\d+行第\d+列：/;

interface CheckedProps {
  view: CheckedView;
  flow: string;
  onLine: (line: number) => void;
}

function Checked({ view, flow, onLine }: CheckedProps) {
  const clean = view.mistakes.length === 0 && view.findings.length === 0;
  if (clean) return <p className="bar" role="status">{e.clean}</p>;
  const names: Record<string, string> = { flow: e.flow, form: e.form };
  const steps = new Map(stepLines(flow).map((step) => [step.id, step]));
  return (
    <div className="problem mistakes" role="status">
      {view.mistakes.map((one) => {
        const where = e.at(names[one.of] ?? one.of, one.line, one.column);
        return (
          <p key={`${one.of}:${String(one.line)}:${String(one.column)}:${one.message}`}>
            {one.line > 0
              ? <Button type="link" onClick={() => { onLine(one.line); }}>{where}</Button>
              : <b>{where}</b>}
            ：{one.message.replace(PLACE, "")}
          </p>
        );
      })}
      {view.findings.map(({ step, message }) => {
        const at = steps.get(step);
        return (
          <p key={`${step}:${message}`}>
            {at === undefined
              ? <b>{e.findings}</b>
              : <Button type="link" onClick={() => { onLine(at.line); }}>{at.name}</Button>}
            ：{message}
          </p>
        );
      })}
    </div>
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
  const [comparing, setComparing] = useState(false);
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
  const last = view.version ?? view.editions[0]?.version;
  return (
    <div className="foot-bar">
      <Button type="primary" disabled={view.proposal != null} onClick={() => { setAsking(true); }}>
        {e.propose}
      </Button>
      <Button onClick={() => { setComparing(true); }}>{zh.comparing.proposal}</Button>
      <Button onClick={() => void go(back)}>{zh.common.back}</Button>
      {asking && (
        <Why title={e.propose} busy={act.isPending} error={act.error} onSend={send}
          onClose={() => { setAsking(false); act.reset(); }} />
      )}
      {comparing && last !== undefined && (
        <CompareDialog view={view} from={last} to="draft" draft={{ flow, form }}
          onClose={() => { setComparing(false); }} />
      )}
    </div>
  );
}
