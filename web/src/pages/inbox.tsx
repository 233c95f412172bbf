// 待办: what waits for me, what I handled, what I drafted.
import { DownloadOutlined, EditOutlined, ScanOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { App, Button, Input, Tabs } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import { allPages } from "../api/pages";
import { asProblem } from "../api/problem";
import type { BoxName } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { MatterList, matterRows } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { clearable } from "../ui/words";

const boxes: { key: BoxName; label: string; empty: string }[] = [
  { key: "todo", label: zh.inbox.todo, empty: zh.inbox.emptyTodo },
  { key: "notices", label: zh.inbox.notices, empty: zh.inbox.emptyNotices },
  { key: "done", label: zh.inbox.done, empty: zh.inbox.emptyDone },
  { key: "drafted", label: zh.inbox.drafted, empty: zh.inbox.emptyDrafted },
];

export function InboxPage() {
  const { who } = useSession();
  const go = useNavigate();
  const [search, setSearch] = useSearchParams();
  const box = boxes.find((one) => one.key === search.get("box"))?.key ?? "todo";
  const q = search.get("q") ?? "";
  const drafts = who.posts.some((post) => post.duties.includes("drafter"));
  const receives = who.posts.some((post) => post.duties.includes("clerk"));
  const change = (next: Record<string, string>) => {
    const kept = Object.entries({ box, q, ...next }).filter(([, value]) => value !== "");
    setSearch(Object.fromEntries(kept), { replace: true });
  };
  const tools = (
    <>
      <Input.Search
        key={q}
        className="inbox-search"
        aria-label={zh.inbox.search}
        placeholder={zh.inbox.search}
        defaultValue={q}
        allowClear={clearable}
        maxLength={50}
        onSearch={(text) => { change({ q: text.trim() }); }}
      />
      {receives && (
        <Button icon={<ScanOutlined />} onClick={() => void go("/incoming/new")}>
          {zh.intake.title}
        </Button>
      )}
      {drafts && (
        <Button type="primary" icon={<EditOutlined />} onClick={() => void go("/documents/new")}>
          {zh.app.newDocument}
        </Button>
      )}
    </>
  );
  return (
    <Page title={zh.inbox.title} tools={tools}>
      <div className="tabs-bar">
        <Tabs
          activeKey={box}
          items={boxes.map(({ key, label }) => ({ key, label }))}
          onChange={(key) => { change({ box: key }); }}
        />
        <Export box={box} q={q} />
      </div>
      <Box box={box} q={q} />
    </Page>
  );
}

/** Enough for a year's work of one desk, and few enough to read page by page. */
const EXPORT_MAX = 1_000;

function Export({ box, q }: { box: BoxName; q: string }) {
  const { message } = App.useApp();
  const name = boxes.find((one) => one.key === box)?.label ?? "";
  const save = useMutation({
    mutationFn: () => allPages((cursor) => calls.inbox(box, q, cursor), EXPORT_MAX),
    onSuccess: ({ items, more }) => {
      saveFile(`${name}.csv`, csv(matterRows(items)), "text/csv");
      if (more) void message.warning(zh.inbox.exportLimit(EXPORT_MAX));
      else void message.success(zh.inbox.exported(items.length));
    },
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <Button type="text" icon={<DownloadOutlined />} loading={save.isPending}
      onClick={() => { save.mutate(); }}>
      {zh.inbox.export}
    </Button>
  );
}

function Box({ box, q }: { box: BoxName; q: string }) {
  const list = useInfiniteQuery({
    queryKey: ["inbox", box, q],
    queryFn: ({ pageParam }) => calls.inbox(box, q, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    const empty = boxes.find((one) => one.key === box)?.empty ?? "";
    return <Nothing text={q === "" ? empty : zh.inbox.emptySearch(q)} />;
  }
  return (
    <>
      <MatterList items={items} nowMs={list.dataUpdatedAt} />
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
    </>
  );
}
