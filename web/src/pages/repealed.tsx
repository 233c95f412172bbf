// 废止、失效目录: documents of one's unit that are in force no more.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { calls } from "../api/calls";
import { allPages } from "../api/pages";
import { asProblem } from "../api/problem";
import type { RepealedView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { Paged } from "../parts/paged";
import { Page } from "../shell/page";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";

const r = zh.repeal;

export function RepealedPage() {
  return (
    <Page title={r.title} tools={<Export />}>
      <Paged<RepealedView>
        queryKey={["inbox", "repealed"]}
        fetch={(cursor) => calls.repealed(cursor)}
        empty={r.empty}
        rowKey={(one) => one.id}
        columns={columns}
        line={(one) => <Line one={one} />}
      />
    </Page>
  );
}

function Export() {
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => allPages((cursor) => calls.repealed(cursor), Infinity),
    onSuccess: ({ items }) => {
      const head = [r.about, r.number, r.way, r.by, r.since];
      const lines = items.map((one) =>
        [one.title, one.number, r.ways[one.way] ?? "", one.by_number, time(one.ended_ms)]);
      saveFile(`${r.title}.csv`, csv([head, ...lines]), "text/csv");
    },
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={() => { save.mutate(); }}>
      {r.export}
    </Button>
  );
}

const columns: TableColumnsType<RepealedView> = [
  {
    title: r.about,
    key: "title",
    render: (_, one) => <Link to={`/documents/${one.id}`}><Whole text={one.title} /></Link>,
  },
  { title: r.number, key: "number", render: (_, one) => <span className="whole">{one.number}</span> },
  { title: r.way, key: "way", render: (_, one) => r.ways[one.way] },
  {
    title: r.by,
    key: "by",
    render: (_, one) => (
      <Link to={`/documents/${one.by}`} className="whole">{one.by_number}</Link>
    ),
  },
  {
    title: r.since,
    key: "since",
    render: (_, one) => <span className="whole">{time(one.ended_ms)}</span>,
  },
];

function Line({ one }: { one: RepealedView }) {
  return (
    <Link to={`/documents/${one.id}`} className="matter">
      <span className="matter-title"><Whole text={one.title} /></span>
      <span className="soft">{one.number}</span>
      <span>{r.ways[one.way]} {one.by_number}</span>
    </Link>
  );
}
