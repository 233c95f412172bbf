// A matter's one page: what it is about, where it stands, what I can do, what was done.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Tabs } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { isGone } from "../api/problem";
import type { FormSchema, NoticeView, PerformedView, Values, WorkAction, WorkRequest, WorkView }
  from "../api/work-types";
import { fileAddress, packageAddress, workflow } from "../api/workflow";
import { useAct } from "../hooks/act";
import { zh } from "../i18n/zh-cn";
import { dueText } from "../parts/matter-list";
import { OpinionList } from "../parts/opinion-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { StateLine } from "../parts/state-line";
import { StateTag } from "../parts/state-tag";
import { Timeline } from "../parts/timeline";
import { Block, Page } from "../shell/page";
import { time } from "../ui/format";
import { FormShown } from "./form-shown";
import { Facts, Proof } from "./matter-parts";
import { EditionDrawing } from "./process-drawing";
import { workActionName, WorkActions } from "./work-actions";
import { WorkDialog } from "./work-dialog";

const w = zh.work;

export function WorkPage() {
  const { id = "" } = useParams();
  const page = useQuery({ queryKey: ["work", id], queryFn: () => workflow.work(id) });
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={w.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Shown key={id} view={page.data} />;
}

/** The worst light of the steps being handled. */
function lightOf(view: WorkView): string | undefined {
  const lights = view.stages.map((stage) => stage.light);
  return ["red", "yellow", "warned"].find((light) => lights.includes(light));
}

/** Steps for which more time was asked, and cannot be asked again. */
function prolonged(view: WorkView): string[] {
  return view.opinions.filter(({ decision }) => decision === "ask_extension")
    .map(({ step }) => step);
}

function Shown({ view }: { view: WorkView }) {
  const [action, setAction] = useState<WorkAction>();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const act = useAct<WorkRequest>(["work", view.id], (envelope) =>
    workflow.workAct(view.id, envelope));
  const close = () => { setAction(undefined); act.reset(); };
  const reload = () => {
    close();
    void cache.invalidateQueries({ queryKey: ["work", view.id] });
  };
  const send = (request: WorkRequest) => {
    if (action === undefined) return;
    act.mutate({ as_post: action.post, seen: view.version, request }, {
      onSuccess: () => {
        void message.success(w.done(workActionName(action)));
        setAction(undefined);
      },
    });
  };
  const light = lightOf(view);
  const tags = (
    <>
      <StateTag state={view.state} />
      {light !== undefined && (
        <span className={`tag tone-${light === "red" ? "red" : "amber"}`}>{w.light[light]}</span>
      )}
    </>
  );
  return (
    <Page title={view.title} tags={tags}>
      <StateLine stages={view.stages} />
      <WorkActions actions={view.actions} prolonged={prolonged(view)} onChoose={setAction} />
      <Content view={view} />
      {action !== undefined && (
        <WorkDialog view={view} action={action} busy={act.isPending} error={act.error}
          onSend={send} onClose={close} onReload={reload} />
      )}
    </Page>
  );
}

function facts(view: WorkView): [string, string][] {
  return [
    [w.process, `${view.process}（${zh.process.edition(view.edition)}）`],
    [w.number, view.number ?? ""],
    [w.unit, view.unit],
    [w.starter, view.starter],
    [w.due, view.due_ms == null ? "" : dueText(view.due_ms, view.due_provisional)],
    [w.kept, view.kept ?? ""],
  ];
}

function Content({ view }: { view: WorkView }) {
  const opinions = view.opinions.map((opinion) => ({ ...opinion, digest: view.digest }));
  return (
    <div className="matter-page">
      <div className="matter-main">
        <Facts facts={facts(view)} />
        <Block title={w.form}>
          <FormShown form={view.form as FormSchema} values={view.values as Values}
            files={view.files.map((file) => ({
              ...file,
              address: fileAddress(view.id, file.digest),
            }))} />
          {view.removed.length > 0 && <p className="soft">{w.removed(view.removed.join("、"))}</p>}
        </Block>
        <Related view={view} />
      </div>
      <div className="matter-side">
        <Block title={w.opinions}><OpinionList opinions={opinions} /></Block>
        <Block title={w.timeline}><Timeline entries={view.timeline} /></Block>
      </div>
      <Tabs
        className="matter-more"
        items={[
          {
            key: "drawing",
            label: zh.drawing.title,
            children: (
              <EditionDrawing code={view.code} name={view.process} version={view.edition}
                standing={view.course} />
            ),
          },
          { key: "notices", label: w.notices, children: <Notices notices={view.notices} /> },
          { key: "performed", label: w.performed, children: <Performed all={view.performed} /> },
          { key: "archive", label: w.archive, children: <Archive view={view} /> },
          {
            key: "proof",
            label: w.proof,
            children: <Proof digest={view.digest} entries={view.timeline} />,
          },
        ]}
      />
    </div>
  );
}

function Related({ view }: { view: WorkView }) {
  const caller = view.caller ?? undefined;
  if (caller === undefined && view.called.length === 0) return null;
  const link = (id: string, name: string) => (
    <li key={id}><Link to={`/works/${encodeURIComponent(id)}`}>{name}</Link></li>
  );
  return (
    <Block title={caller === undefined ? w.called : w.caller}>
      <ul className="related">
        {caller !== undefined && link(caller, w.caller)}
        {view.called.map((id, at) => link(id, `${w.called}${String(at + 1)}`))}
      </ul>
    </Block>
  );
}

function Notices({ notices }: { notices: NoticeView[] }) {
  if (notices.length === 0) return <Nothing text={w.noNotices} />;
  return (
    <ul className="lines">
      {notices.map((notice) => (
        <li key={`${notice.step}:${notice.holder}`}>
          <b>{notice.holder}</b>
          <span>{notice.step}</span>
          <span className="tag tone-plain">{w.notice[notice.state] ?? notice.state}</span>
          <time dateTime={new Date(notice.at_ms).toISOString()}>{time(notice.at_ms)}</time>
        </li>
      ))}
    </ul>
  );
}

function Performed({ all }: { all: PerformedView[] }) {
  if (all.length === 0) return <Nothing text={w.noPerformed} />;
  return (
    <ul className="lines">
      {all.map((one) => (
        <li key={`${one.step}:${String(one.time_ms)}`}>
          <b>{one.step}</b>
          <span>{one.result}</span>
          <time dateTime={new Date(one.time_ms).toISOString()}>{time(one.time_ms)}</time>
        </li>
      ))}
    </ul>
  );
}

function Archive({ view }: { view: WorkView }) {
  if (view.kept == null) return <Nothing text={w.notYetKept} />;
  if (view.package == null) return <p>{w.notKept}：{view.kept}</p>;
  return (
    <div className="stack">
      <p>{w.kept}：{view.kept}</p>
      <div className="code">
        <span className="soft">{w.package}</span>
        <pre tabIndex={0} aria-label={w.package}>{view.package}</pre>
      </div>
      <p>
        <a className="tall" href={packageAddress(view.id)} download={`${view.number ?? view.id}.json`}>
          {w.openPackage}
        </a>
      </p>
    </div>
  );
}
