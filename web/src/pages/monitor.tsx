// 运行监控: where matters stand, by process and step; never what they are about.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Table } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { StandingCount, StandingLine } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { StateTag } from "../parts/state-tag";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { MonitorDialog, type Verb } from "./monitor-dialog";

const m = zh.monitor;

export function MonitorPage() {
  const { who } = useSession();
  const [search, setSearch] = useSearchParams();
  const admin = who.posts.find((post) =>
    post.duties.includes("system_admin") || post.duties.includes("security_admin"));
  const steps = useQuery({
    queryKey: ["monitor"],
    queryFn: workflow.steps,
    enabled: admin !== undefined,
  });
  if (admin === undefined) return <Page title={m.title}><Nothing text={m.notPermitted} /></Page>;
  if (steps.isPending) return <Waiting />;
  if (steps.data === undefined) {
    return <Page title={m.title}><Failed error={steps.error} /></Page>;
  }
  const [code, step] = [search.get("code") ?? "", search.get("step") ?? ""];
  const chosen = steps.data.find((one) => one.code === code && one.step === step);
  return (
    <Page title={m.title}>
      <Counts counts={steps.data} onChoose={(one) => {
        setSearch({ code: one.code, step: one.step }, { replace: true });
      }} />
      {chosen !== undefined && <Works key={`${code}:${step}`} of={chosen} post={admin.id} />}
    </Page>
  );
}

interface CountsProps {
  counts: StandingCount[];
  onChoose: (one: StandingCount) => void;
}

function Counts({ counts, onChoose }: CountsProps) {
  if (counts.length === 0) return <Nothing text={m.empty} />;
  return (
    <Table<StandingCount>
      className="monitor-counts"
      size="small"
      rowKey={(one) => `${one.code}:${one.step}`}
      dataSource={counts}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        {
          title: m.process,
          render: (_, one) => (
            <Link to={`/processes/${encodeURIComponent(one.code)}`}>{one.process}</Link>
          ),
        },
        {
          title: m.step,
          render: (_, one) => (
            <Button size="small" aria-label={m.view(one.name)} onClick={() => { onChoose(one); }}>
              {one.name}
            </Button>
          ),
        },
        { title: m.count, dataIndex: "count" },
        { title: m.yellow, dataIndex: "yellow" },
        { title: m.red, dataIndex: "red" },
        { title: m.oldest, render: (_, one) => time(one.oldest_ms) },
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

function Works({ of, post }: { of: StandingCount; post: string }) {
  const [chosen, setChosen] = useState<Chosen>();
  const list = useInfiniteQuery({
    queryKey: ["monitor", of.code, of.step],
    queryFn: ({ pageParam }) => workflow.standing(of.code, of.step, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} />;
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <Block title={m.works(of.name)}>
      <ul className="lines">
        {items.map((line) => (
          <li key={`${line.id}:${line.post}`} data-matter={line.id}>
            <b>{line.unit_name}</b>
            <span>{line.post}</span>
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
