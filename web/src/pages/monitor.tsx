// 运行监控: where matters stand, by process and step; never what they are about.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Segmented, Table } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { StandingCount, StandingLine, StandingUnit } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { StateTag } from "../parts/state-tag";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { useRoom } from "../ui/room";
import { MonitorDialog, type Verb } from "./monitor-dialog";

const m = zh.monitor;

export function MonitorPage() {
  const { who } = useSession();
  const [search, setSearch] = useSearchParams();
  const admin = who.posts.find((post) =>
    post.duties.includes("system_admin") || post.duties.includes("security_admin"));
  if (admin === undefined) return <Page title={m.title}><Nothing text={m.notPermitted} /></Page>;
  const of = (name: string) => search.get(name) ?? "";
  const which = { code: of("code"), step: of("step"), unit: of("unit") };
  const byUnits = of("by") === "units";
  const choose = (next: Record<string, string>) => { setSearch(next, { replace: true }); };
  const tools = (
    <Segmented aria-label={m.by} value={byUnits ? "units" : "steps"}
      options={[{ value: "steps", label: m.bySteps }, { value: "units", label: m.byUnits }]}
      onChange={(by) => { choose(by === "units" ? { by } : {}); }} />
  );
  return (
    <Page title={m.title} tools={tools}>
      {byUnits
        ? <Units onChoose={(one) => {
          choose({ by: "units", unit: one.unit, name: one.unit_name });
        }} />
        : <Steps onChoose={(one) => {
          choose({ code: one.code, step: one.step, name: one.name });
        }} />}
      {which.step + which.unit !== "" && (
        <Works key={Object.values(which).join(":")} which={which} name={of("name")}
          post={admin.id} />
      )}
    </Page>
  );
}

function Units({ onChoose }: { onChoose: (one: StandingUnit) => void }) {
  const list = useInfiniteQuery({
    queryKey: ["monitor", "units"],
    queryFn: ({ pageParam }) => workflow.units(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const units = list.data.pages.flatMap((page) => page.items);
  if (units.length === 0) return <Nothing text={m.empty} />;
  return (
    <>
      <Table<StandingUnit>
        className="monitor-counts"
        size="small"
        rowKey="unit"
        dataSource={units}
        pagination={false}
        columns={[
          {
            title: m.unit,
            render: (_, one) => (
              <Button size="small" aria-label={m.view(one.unit_name)}
                onClick={() => { onChoose(one); }}>
                {one.unit_name}
              </Button>
            ),
          },
          ...NUMBERS,
        ]}
      />
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
    </>
  );
}

type Counted = Pick<StandingCount, "count" | "yellow" | "red" | "oldest_ms">;

const NUMBERS = [
  { title: m.count, dataIndex: "count" },
  { title: m.yellow, dataIndex: "yellow" },
  { title: m.red, dataIndex: "red" },
  {
    title: m.oldest,
    responsive: ["md" as const],
    render: (_: unknown, one: Counted) => <span className="whole">{time(one.oldest_ms)}</span>,
  },
];

function Steps({ onChoose }: { onChoose: (one: StandingCount) => void }) {
  const isPhone = useRoom() === "phone";
  const steps = useQuery({ queryKey: ["monitor"], queryFn: workflow.steps });
  if (steps.isPending) return <Waiting />;
  if (steps.data === undefined) {
    return <Failed error={steps.error} onRetry={() => void steps.refetch()} />;
  }
  if (steps.data.length === 0) return <Nothing text={m.empty} />;
  const process = (one: StandingCount) => (
    <Link to={`/processes/${encodeURIComponent(one.code)}`}>{one.process}</Link>
  );
  const step = (one: StandingCount) => (
    <Button size="small" aria-label={m.view(one.name)} onClick={() => { onChoose(one); }}>
      {one.name}
    </Button>
  );
  const both = (one: StandingCount) => (
    <div className="stack">{process(one)}<span>{step(one)}</span></div>
  );
  return (
    <Table<StandingCount>
      className="monitor-counts"
      size="small"
      rowKey={(one) => `${one.code}:${one.step}`}
      dataSource={steps.data}
      pagination={false}
      columns={[
        ...(isPhone
          ? [{ title: m.process, render: (_: unknown, one: StandingCount) => both(one) }]
          : [
            { title: m.process, render: (_: unknown, one: StandingCount) => process(one) },
            { title: m.step, render: (_: unknown, one: StandingCount) => step(one) },
          ]),
        ...NUMBERS,
      ]}
    />
  );
}

function verbs(line: StandingLine): Verb[] {
  if (line.proposed !== "") return ["confirm_intervention", "dismiss_intervention"];
  if (line.state === "suspended") return ["resume", "terminate"];
  return ["suspend", "terminate", "hand_over", "intervene"];
}

interface Chosen {
  line: StandingLine;
  verb: Verb;
}

interface WorksProps {
  which: { code: string; step: string; unit: string };
  /** What is shown of: a step or a unit. */
  name: string;
  post: string;
}

function Works({ which, name, post }: WorksProps) {
  const [chosen, setChosen] = useState<Chosen>();
  const list = useInfiniteQuery({
    queryKey: ["monitor", which],
    queryFn: ({ pageParam }) => workflow.standing(which, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} />;
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <Block title={m.works(name)}>
      <ul className="lines">
        {items.map((line) => (
          <li key={`${line.id}:${line.post}`} data-matter={line.id}>
            <b>{line.unit_name}</b>
            <span>{which.unit === "" ? line.post_name : `${line.post_name} ${line.name}`}</span>
            <StateTag state={line.state} />
            {zh.work.light[line.light] !== undefined && (
              <span className="tag tone-red">{zh.work.light[line.light]}</span>
            )}
            {line.proposed !== "" && <span className="tag tone-amber">{m.proposed}</span>}
            <time dateTime={new Date(line.opened_ms).toISOString()}>{time(line.opened_ms)}</time>
            <Dropdown trigger={["click"]} menu={{
              items: verbs(line).map((verb) => ({ key: verb, label: m.actions[verb] })),
              onClick: ({ key }) => { setChosen({ line, verb: key as Verb }); },
            }}>
              <Button size="small">{m.acts}</Button>
            </Dropdown>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
      {chosen !== undefined && (
        <MonitorDialog {...chosen} post={post} onClose={() => { setChosen(undefined); }} />
      )}
    </Block>
  );
}
