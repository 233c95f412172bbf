// The numbers that the acting unit has given, newest first; voids stay in the list.
import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { Link } from "react-router";
import { calls } from "../api/calls";
import { allPages } from "../api/pages";
import { asProblem } from "../api/problem";
import type { NumberView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { matterAddress } from "../parts/matter-list";
import { Paged } from "../parts/paged";
import { Nothing } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";

export function NumbersPage() {
  const { post } = useSession();
  if (post === undefined) return <Page title={zh.numbers.title}><Nothing /></Page>;
  return (
    <Page title={zh.numbers.title} tools={<Export unit={post.unit_id} name={post.unit_name} />}>
      <Numbers unit={post.unit_id} />
    </Page>
  );
}

/** A book is given out whole: half of it would hide the gap that an auditor looks for. */
function Export({ unit, name }: { unit: string; name: string }) {
  const { message } = App.useApp();
  const save = useMutation({
    mutationFn: () => allPages((cursor) => calls.numbers(unit, cursor), Infinity),
    onSuccess: ({ items }) => {
      saveFile(`${name}${zh.numbers.title}.csv`, csv(numberRows(items)), "text/csv");
      void message.success(zh.numbers.exported(items.length));
    },
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={() => { save.mutate(); }}>
      {zh.numbers.export}
    </Button>
  );
}

function numberRows(items: NumberView[]): string[][] {
  const { text, about, given, document, voided } = zh.numbers;
  const rows = items.map((one) =>
    [one.text, one.title ?? "", time(one.given_ms), one.document, one.void_reason ?? ""]);
  return [[text, about, given, document, voided], ...rows];
}

function Numbers({ unit }: { unit: string }) {
  return (
    <Paged<NumberView>
      queryKey={["numbers", unit]}
      fetch={(cursor) => calls.numbers(unit, cursor)}
      empty={zh.numbers.empty}
      rowKey={rowKey}
      columns={columns}
      line={(one) => <NumberLine one={one} />}
    />
  );
}

const rowKey = (one: NumberView) => `${one.text}:${one.document}:${String(one.given_ms)}`;

/** What the number was given to; the address alone where the title is not for the reader. */
function title(one: NumberView): string {
  return one.title ?? zh.numbers.open;
}

function Text({ one }: { one: NumberView }) {
  return <span className="whole">{one.void_reason == null ? one.text : <del>{one.text}</del>}</span>;
}

/** On a phone each number has its title below it, and the whole of it is pressed. */
function NumberLine({ one }: { one: NumberView }) {
  return (
    <Link to={matterAddress("document", one.document)} className="matter">
      <b><Text one={one} /></b>
      <time className="soft" dateTime={new Date(one.given_ms).toISOString()}>
        {time(one.given_ms)}
      </time>
      <span className="matter-title"><Whole text={title(one)} /></span>
      {one.void_reason != null && (
        <span className="matter-due">{`${zh.numbers.voided}：${one.void_reason}`}</span>
      )}
    </Link>
  );
}

const columns = [
  {
    title: zh.numbers.text,
    key: "text",
    render: (_: unknown, one: NumberView) => <Text one={one} />,
  },
  {
    title: zh.numbers.about,
    key: "title",
    render: (_: unknown, one: NumberView) => (
      <Link to={matterAddress("document", one.document)}><Whole text={title(one)} /></Link>
    ),
  },
  {
    title: zh.numbers.given,
    key: "given",
    render: (_: unknown, one: NumberView) => <span className="whole">{time(one.given_ms)}</span>,
  },
  { title: zh.numbers.voided, dataIndex: "void_reason" },
];
