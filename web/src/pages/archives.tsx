// 档案: the catalogue of what is filed, and what is concluded and not filed.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Input, Select, Tabs } from "antd";
import { Link, useSearchParams } from "react-router";
import { type ArchiveFilter, calls } from "../api/calls";
import { allPages } from "../api/pages";
import { asProblem } from "../api/problem";
import type { ArchiveLine, Retention } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { archiveAddress, matterAddress } from "../parts/matter-list";
import { Paged } from "../parts/paged";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";
import { clearable } from "../ui/words";
import { DestructionRegister } from "./archive-destructions";
import { FondsForm } from "./archive-fonds";

const a = zh.archives;
/** How many years back a year may be chosen. */
const YEARS = 30;

export function ArchivesPage() {
  const { who } = useSession();
  const [search, setSearch] = useSearchParams();
  const word = (name: string) => search.get(name) ?? "";
  const filter = {
    q: word("q"), year: word("year"), retention: word("retention"), only: word("only"),
  };
  const change = (next: Record<string, string>) => {
    const all = { ...filter, tab: word("tab"), ...next };
    setSearch(Object.entries(all).filter(([, value]) => value !== ""), { replace: true });
  };
  const has = (duty: string) => who.posts.some((post) => post.duties.includes(duty));
  const clerk = has("clerk");
  const judges = has("leader") || has("reviewer");
  const catalogue = (
    <>
      <Filters filter={filter} onChange={change} />
      <Catalogue filter={filter} />
    </>
  );
  if (!clerk && !judges) {
    return <Page title={a.title} tools={<Export filter={filter} />}>{catalogue}</Page>;
  }
  const keeping = [
    { key: "unfiled", label: a.unfiled, children: <Unfiled /> },
    { key: "fonds", label: a.fonds, children: <FondsForm /> },
  ];
  return (
    <Page title={a.title} tools={<Export filter={filter} />}>
      <Tabs
        activeKey={word("tab") === "" ? "catalogue" : word("tab")}
        onChange={(tab) => { change({ tab: tab === "catalogue" ? "" : tab }); }}
        destroyOnHidden
        items={[
          { key: "catalogue", label: a.catalogue, children: catalogue },
          { key: "register", label: a.register, children: <DestructionRegister /> },
          ...(clerk ? keeping : []),
        ]}
      />
    </Page>
  );
}

interface FilterProps {
  filter: ArchiveFilter;
  onChange: (next: Record<string, string>) => void;
}

function Filters({ filter, onChange }: FilterProps) {
  const now = new Date().getFullYear();
  const years = Array.from({ length: YEARS }, (_, back) => String(now - back));
  const terms = Object.entries(zh.retention).map(([value, label]) => ({ value, label }));
  return (
    <div className="archive-filters" role="search" aria-label={a.only}>
      <Input.Search
        key={filter.q}
        defaultValue={filter.q}
        aria-label={a.search}
        placeholder={a.search}
        allowClear={clearable}
        onSearch={(q) => { onChange({ q: q.trim() }); }}
      />
      <Select
        aria-label={a.year}
        value={filter.year}
        options={[{ value: "", label: a.anyYear }, ...years.map((year) => ({ value: year, label: year }))]}
        onChange={(year) => { onChange({ year }); }}
      />
      <Select
        aria-label={a.retention}
        value={filter.retention}
        options={[{ value: "", label: a.anyTerm }, ...terms]}
        onChange={(retention) => { onChange({ retention }); }}
      />
      <Select
        aria-label={a.only}
        value={filter.only}
        options={Object.entries(a.filters).map(([value, label]) => ({ value, label }))}
        onChange={(only) => { onChange({ only }); }}
      />
    </div>
  );
}

function Export({ filter }: { filter: ArchiveFilter }) {
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => allPages((cursor) => calls.archives(filter, cursor), Infinity),
    onSuccess: ({ items }) => {
      const head = [a.number, a.name, a.documentNumber, a.responsible, a.sort, a.retention,
        a.formed, a.sound];
      const rows = items.map((one) => [one.number, one.title, one.document_number,
        one.responsible, one.sort, term(one), time(one.formed_ms).slice(0, 10), standing(one)]);
      saveFile(`${a.exportName}.csv`, csv([head, ...rows]), "text/csv");
      void message.success(a.exported(items.length));
    },
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={() => { save.mutate(); }}>
      {a.export}
    </Button>
  );
}

function term(one: ArchiveLine): string {
  return zh.retention[one.retention as Retention];
}

function standing(one: ArchiveLine): string {
  if (one.destroyed) return a.destroyed;
  if (!one.packed) return a.notPacked;
  return one.sound ? a.passed : a.failed;
}

function Standing({ one }: { one: ArchiveLine }) {
  const bad = one.packed && !one.sound && !one.destroyed;
  return <span className={bad ? "whole red" : "whole"}>{standing(one)}</span>;
}

function Catalogue({ filter }: { filter: ArchiveFilter }) {
  return (
    <Paged<ArchiveLine>
      queryKey={["archives", filter]}
      fetch={(cursor) => calls.archives(filter, cursor)}
      empty={a.empty}
      rowKey={(one) => one.id}
      columns={columns}
      line={(one) => <Card one={one} />}
    />
  );
}

function Card({ one }: { one: ArchiveLine }) {
  return (
    <Link to={archiveAddress(one.id)} className="matter">
      <b className="whole">{one.number}</b>
      <span className="matter-title"><Whole text={one.title} /></span>
      <span className="soft">{`${one.responsible} ${one.document_number}`}</span>
      <span className="matter-due"><Standing one={one} /></span>
    </Link>
  );
}

const columns = [
  {
    title: a.number,
    key: "number",
    render: (_: unknown, one: ArchiveLine) => (
      <Link className="whole" to={archiveAddress(one.id)}>{one.number}</Link>
    ),
  },
  {
    title: a.name,
    key: "title",
    render: (_: unknown, one: ArchiveLine) => <Whole text={one.title} />,
  },
  {
    title: a.documentNumber,
    key: "document_number",
    render: (_: unknown, one: ArchiveLine) => <span className="whole">{one.document_number}</span>,
  },
  {
    title: a.responsible,
    key: "responsible",
    render: (_: unknown, one: ArchiveLine) => <span className="unit">{one.responsible}</span>,
  },
  { title: a.sort, dataIndex: "sort" },
  { title: <span className="whole">{a.retention}</span>, key: "term", render: (_: unknown, one: ArchiveLine) => term(one) },
  {
    title: a.formed,
    key: "formed",
    render: (_: unknown, one: ArchiveLine) => (
      <span className="whole">{time(one.formed_ms).slice(0, 10)}</span>
    ),
  },
  {
    title: <span className="whole">{a.sound}</span>,
    key: "sound",
    render: (_: unknown, one: ArchiveLine) => <Standing one={one} />,
  },
];

/** What is concluded and has no packet; the list should be empty. */
function Unfiled() {
  const list = useQuery({ queryKey: ["archives", "unfiled"], queryFn: calls.unfiled });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <Nothing text={a.unfiledNone} />;
  return (
    <>
      <p className="soft">{a.unfiledNote}</p>
      <ul className="matters">
        {list.data.map((line) => (
          <li key={`${line.kind}:${line.id}`}>
            <Link to={matterAddress(line.kind, line.id)} className="matter">
              <b><Whole text={line.title} /></b>
              <time className="soft" dateTime={new Date(line.ended_ms).toISOString()}>
                {`${a.ended} ${time(line.ended_ms)}`}
              </time>
              <span className="matter-unit">{`${line.unit_name} ${line.sort}`}</span>
              <span className="matter-due">
                {`${a.standing[line.standing as keyof typeof a.standing]} · ${a.desk}：${line.desk}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
