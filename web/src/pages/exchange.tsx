// 公文交换: what one's unit has to send, has sent and has received, and what is late of it.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Input, Select, type TableColumnsType, Tabs } from "antd";
import { Link, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import { allPages } from "../api/pages";
import { asProblem } from "../api/problem";
import type { ExchangeLine } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { matterAddress } from "../parts/matter-list";
import { Paged } from "../parts/paged";
import { StateTag, UrgencyTag } from "../parts/state-tag";
import { Page } from "../shell/page";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";
import { clearable } from "../ui/words";

const LISTS = ["received", "sent", "pending"] as const;
type List = (typeof LISTS)[number];

/** What can be asked of a list. */
interface Asked {
  list: List;
  state: string;
  q: string;
}

export function ExchangePage() {
  const [search, setSearch] = useSearchParams();
  const list = LISTS.find((one) => one === search.get("list")) ?? "received";
  const asked: Asked = { list, state: search.get("state") ?? "", q: search.get("q") ?? "" };
  const change = (next: Partial<Asked>) => {
    const kept = Object.entries({ ...asked, ...next }).filter(([, value]) => value !== "");
    setSearch(Object.fromEntries(kept), { replace: true });
  };
  return (
    <Page title={zh.exchangeDesk.title} tools={<Tools asked={asked} onChange={change} />}>
      <div className="tabs-bar">
        <Tabs
          activeKey={list}
          items={LISTS.map((key) => ({ key, label: zh.exchangeDesk.lists[key] }))}
          onChange={(key) => { change({ list: key as List, state: "" }); }}
        />
      </div>
      <Paged<ExchangeLine>
        key={JSON.stringify(asked)}
        queryKey={["inbox", "exchange", asked]}
        fetch={(cursor) => calls.exchange(asked.list, asked.state, asked.q, cursor)}
        empty={zh.exchangeDesk.empty[list]}
        rowKey={(one) => one.id}
        columns={columns(list)}
        line={(one) => <Line list={list} one={one} />}
      />
    </Page>
  );
}

function Tools({ asked, onChange }: { asked: Asked; onChange: (next: Partial<Asked>) => void }) {
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => allPages(
      (cursor) => calls.exchange(asked.list, asked.state, asked.q, cursor), Infinity),
    onSuccess: ({ items }) => {
      const name = `${zh.exchangeDesk.title}-${zh.exchangeDesk.lists[asked.list]}.csv`;
      saveFile(name, csv(rows(asked.list, items)), "text/csv");
    },
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <>
      <Input.Search
        key={asked.q}
        className="inbox-search"
        aria-label={zh.exchangeDesk.search}
        placeholder={zh.exchangeDesk.search}
        defaultValue={asked.q}
        allowClear={clearable}
        maxLength={50}
        onSearch={(text) => { onChange({ q: text.trim() }); }}
      />
      {asked.list !== "pending" && (
        <Select
          className="start"
          aria-label={zh.exchangeDesk.state}
          value={asked.state}
          options={Object.entries(zh.exchangeDesk.states).map(([value, label]) => ({ value, label }))}
          onChange={(state) => { onChange({ state }); }}
        />
      )}
      <Link to="/exchange/repealed">{zh.repeal.title}</Link>
      <Button icon={<DownloadOutlined />} loading={save.isPending}
        onClick={() => { save.mutate(); }}>
        {zh.exchangeDesk.export}
      </Button>
    </>
  );
}

function address(list: List, one: ExchangeLine): string {
  return matterAddress(list === "received" ? "incoming" : "document", one.id);
}

/** How it stands, in a word or in numbers; what is late in red. */
function Standing({ list, one }: { list: List; one: ExchangeLine }) {
  if (list === "pending") return <span className="whole">{one.state}</span>;
  if (list === "received") {
    return (
      <>
        <StateTag state={one.state} />
        {one.late > 0 && <span className="tag tone-red">{zh.exchangeDesk.late}</span>}
      </>
    );
  }
  return (
    <>
      <span className="whole">{zh.exchangeDesk.count(one.acknowledged, one.units)}</span>
      {one.returned > 0 && (
        <span className="tag tone-red">{zh.exchangeDesk.returned(one.returned)}</span>
      )}
      {one.late > 0 && <span className="tag tone-red">{zh.exchangeDesk.lateOf(one.late)}</span>}
      {one.state === "recalled" && <StateTag state="recalled" />}
    </>
  );
}

function columns(list: List): TableColumnsType<ExchangeLine> {
  const g = zh.exchangeDesk;
  return [
    {
      title: g.about,
      key: "title",
      render: (_, one) => (
        <>
          <Link to={address(list, one)}><Whole text={one.title} /></Link>{" "}
          <UrgencyTag urgency={one.urgency} />
        </>
      ),
    },
    { title: g.number, key: "number", render: (_, one) => <span className="whole">{one.number}</span> },
    {
      title: list === "received" ? g.from : g.unit,
      key: "unit",
      render: (_, one) => <span className="unit">{one.unit}</span>,
    },
    { title: g.standing, key: "state", render: (_, one) => <Standing list={list} one={one} /> },
    {
      title: list === "pending" ? g.touched : g.delivered,
      key: "time",
      render: (_, one) => <span className="whole">{time(one.time_ms)}</span>,
    },
    {
      title: list === "pending" ? g.sendBy : g.acknowledgeBy,
      key: "by",
      render: (_, one) => <span className="whole">{until(one)}</span>,
    },
  ];
}

function until({ by_ms: by }: ExchangeLine): string {
  return typeof by === "number" && by < Number.MAX_SAFE_INTEGER ? time(by) : "";
}

function Line({ list, one }: { list: List; one: ExchangeLine }) {
  return (
    <Link to={address(list, one)} className="matter">
      <span className="matter-title"><Whole text={one.title} /></span>
      <span className="soft matter-from">{one.number} {one.unit}</span>
      <time className="soft" dateTime={new Date(one.time_ms).toISOString()}>
        {time(one.time_ms)}
      </time>
      <span className="matter-step">
        <UrgencyTag urgency={one.urgency} /><Standing list={list} one={one} />
      </span>
    </Link>
  );
}

function rows(list: List, items: ExchangeLine[]): string[][] {
  const g = zh.exchangeDesk;
  const head = [g.about, g.number, list === "received" ? g.from : g.unit, g.urgency, g.delivered,
    g.acknowledgeBy, g.units, g.acknowledged, g.returns, g.late];
  const line = (one: ExchangeLine) => [one.title, one.number, one.unit,
    (zh.urgency as Record<string, string>)[one.urgency] ?? one.urgency, time(one.time_ms),
    until(one), String(one.units), String(one.acknowledged), String(one.returned),
    String(one.late)];
  return [head, ...items.map(line)];
}
