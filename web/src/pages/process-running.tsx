// 换版: what runs by which edition, what going over would do to each matter, and the two words.
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { asProblem, isGone } from "../api/problem";
import type { EditionCount, LibraryRequest, MigrationView, RunningView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { useLibraryAct, Why } from "./process-editions";
import { MigrationChoice } from "./process-running-choice";
import { Whole } from "../ui/whole";

const g = zh.migration;

export function ProcessRunningPage() {
  const { code = "" } = useParams();
  const { who } = useSession();
  const admin = who.posts.find((post) =>
    post.duties.includes("system_admin") || post.duties.includes("security_admin"));
  const page = useQuery({
    queryKey: ["process", code, "running"],
    queryFn: () => workflow.running(code),
    enabled: admin !== undefined,
  });
  if (admin === undefined) {
    return <Page title={g.title("")}><Nothing text={zh.monitor.notPermitted} /></Page>;
  }
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={zh.process.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Shown key={code} view={page.data} post={admin.id} />;
}

function Shown({ view, post }: { view: RunningView; post: string }) {
  const { version } = view;
  const { migration } = view;
  const open = migration != null && migration.confirmed_by == null;
  const tools = (
    <Link className="tall" to={`/processes/${encodeURIComponent(view.code)}`}>{g.back}</Link>
  );
  return (
    <Page title={g.title(view.name)} tools={tools}>
      {version == null
        ? <Nothing text={g.unreleased} />
        : <p className="soft">{g.now(zh.process.edition(version))}</p>}
      {migration != null && (open
        ? <Asked code={view.code} migration={migration} post={post} />
        : <Outcome migration={migration} />)}
      {view.editions.length === 0 && <Nothing text={g.empty} />}
      {view.editions.map((edition) => (
        <Edition key={edition.version} view={view} edition={edition} post={post}
          closed={open || version == null} />
      ))}
    </Page>
  );
}

interface EditionProps {
  view: RunningView;
  edition: EditionCount;
  post: string;
  /** Nothing can be proposed now. */
  closed: boolean;
}

function Edition({ view, edition, post, closed }: EditionProps) {
  const [choosing, setChoosing] = useState(false);
  const isCurrent = edition.version === view.version;
  return (
    <Block title={g.edition(edition.version, edition.count)}>
      <ul className="lines">
        {edition.steps.map((step) => (
          <li key={step.id}><b>{step.name}</b><span>{g.count(step.count)}</span></li>
        ))}
      </ul>
      {isCurrent && <p className="soft">{g.isCurrent}</p>}
      {!isCurrent && !choosing && !closed && (
        <Button onClick={() => { setChoosing(true); }}>{g.preview}</Button>
      )}
      {choosing && !closed && (
        <MigrationChoice view={view} version={edition.version} post={post}
          onDone={() => { setChoosing(false); }} />
      )}
    </Block>
  );
}

interface AskedProps {
  code: string;
  migration: MigrationView;
  post: string;
}

/** What awaits the second person. */
function Asked({ code, migration, post }: AskedProps) {
  const [dismissing, setDismissing] = useState(false);
  const { message } = App.useApp();
  const act = useLibraryAct(code);
  const title = g.asked(migration.matters.length, migration.version);
  const send = (request: LibraryRequest, done: string) => {
    act.mutate({ as_post: post, request }, {
      onSuccess: () => {
        setDismissing(false);
        void message.success(done);
      },
    });
  };
  return (
    <section className="notice" aria-label={title}>
      <b>{title}</b>
      <span>{migration.reason}</span>
      <span className="soft">
        <Whole text={zh.process.by(migration.person, time(migration.time_ms))} />
      </span>
      <Button type="primary" loading={act.isPending}
        onClick={() => { send({ do: "confirm_migration", version: migration.version }, g.done); }}>
        {g.confirm}
      </Button>
      <Button onClick={() => { setDismissing(true); }}>{g.dismiss}</Button>
      {act.isError && !dismissing && <ProblemNote problem={asProblem(act.error)} />}
      {dismissing && (
        <Why title={g.dismiss} busy={act.isPending} error={act.error}
          onClose={() => { setDismissing(false); act.reset(); }}
          onSend={(reason) => { send({ do: "dismiss_migration", reason }, g.dismissed); }} />
      )}
    </section>
  );
}

/** How the last 换版 went, matter by matter; those that stay say why. */
function Outcome({ migration }: { migration: MigrationView }) {
  const of = (state: string) => migration.matters.filter((one) => one.state === state);
  const [moved, waiting, refused] = [of("moved"), of("waiting"), of("refused")];
  return (
    <Block title={g.last}>
      <p>
        {g.outcome(migration.version, moved.length, refused.length, waiting.length)}
        <span className="soft">
          {g.agreed(migration.person, migration.confirmed_by ?? "", migration.reason)}
        </span>
      </p>
      {refused.length > 0 && (
        <ul className="lines" aria-label={g.refused}>
          {refused.map((one) => (
            <li key={one.id}>
              <b>{one.id}</b>
              <span className="tag tone-amber">{g.states.refused}</span>
              <span>{one.why}</span>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
