// A process: what it rests on, who handles what by when, and the form it asks for.
import { useQuery } from "@tanstack/react-query";
import { Button, Select, Tabs } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { isGone } from "../api/problem";
import type { ProcessView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { limitWords, whoWords } from "../parts/process-words";
import { Failed, Waiting } from "../parts/standing-states";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { FormPreview } from "./form-rights";
import { Facts } from "./matter-parts";
import { EditionDrawing } from "./process-drawing";
import { Editions, Proposal } from "./process-editions";

const p = zh.process;

export function useProcess(code: string) {
  return useQuery({ queryKey: ["process", code], queryFn: () => workflow.process(code) });
}

export function ProcessPage() {
  const { code = "" } = useParams();
  const page = useProcess(code);
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={p.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Shown key={code} view={page.data} />;
}

function Shown({ view }: { view: ProcessView }) {
  const { who } = useSession();
  const admin = who.posts.find((post) =>
    post.duties.includes("system_admin") || post.duties.includes("security_admin"));
  const names = Object.fromEntries(view.steps.map((step) => [step.id, step.name]));
  const facts: [string, string][] = [
    [p.code, view.code],
    [p.domain, p.domains[view.domain] ?? view.domain],
    [p.limit, limitWords(view.limit) || p.noLimit],
    [p.retention, view.retention],
    [p.startLine, whoWords(view.start, names) + startLevels(view)],
    [p.editions, p.edition(view.version ?? 0)],
    [p.basis, view.basis.join("；")],
  ];
  const address = `/processes/${encodeURIComponent(view.code)}`;
  const tools = admin !== undefined && (
    <>
      <Link className="tall" to={`${address}/running`}>{zh.migration.link}</Link>
      <Link className="tall" to={`${address}/edit`}>{p.edit}</Link>
    </>
  );
  return (
    <Page title={view.name} tools={tools}>
      <Start view={view} />
      {view.proposal != null && <Proposal view={view} post={admin?.id} />}
      <Facts facts={facts} />
      <Block title={p.steps}>
        <ol className="process-steps">
          {view.steps.map((step) => (
            <li key={step.id}>
              <b>{step.name}</b>
              <span>{whoWords(step.who, names)}</span>
              <span className="soft">{limitWords(step.limit)}</span>
            </li>
          ))}
        </ol>
      </Block>
      <Block title={zh.drawing.title}>
        <EditionDrawing code={view.code} name={view.name} version={view.version ?? undefined} />
      </Block>
      <Tabs
        className="matter-more"
        items={[
          {
            key: "form",
            label: p.form,
            children: <FormPreview flow={view.flow} form={JSON.stringify(view.form)} />,
          },
          {
            key: "text",
            label: p.text,
            children: <pre className="flow" tabIndex={0} aria-label={p.text}>{view.flow}</pre>,
          },
          {
            key: "editions",
            label: p.editions,
            children: <Editions view={view} post={admin?.id} />,
          },
        ]}
      />
    </Page>
  );
}

function startLevels(view: ProcessView): string {
  return view.start_at.length === 0 ? "" : p.startAt(view.start_at.join("、"));
}

function Start({ view }: { view: ProcessView }) {
  const { who, post } = useSession();
  const go = useNavigate();
  const mine = who.posts.filter((one) => view.posts.includes(one.id));
  const [chosen, setChosen] = useState<string>();
  const as = chosen ?? mine.find((one) => one.id === post?.id)?.id ?? mine[0]?.id;
  if (as === undefined) return null;
  const address = `/processes/${encodeURIComponent(view.code)}/start?as=${encodeURIComponent(as)}`;
  return (
    <section className="actions" aria-label={zh.action.title}>
      <Button type="primary" onClick={() => void go(address)}>{p.begin}</Button>
      {mine.length > 1 && (
        <Select className="begin-as" aria-label={p.beginAs} value={as} onChange={setChosen}
          options={mine.map((one) => ({ value: one.id, label: `${one.unit_name} ${one.title}` }))} />
      )}
    </section>
  );
}
