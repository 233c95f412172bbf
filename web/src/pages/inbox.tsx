// 待办: what waits for me, what I handled, what I drafted.
import { EditOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Tabs } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { BoxName } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { MatterList } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";

const boxes: { key: BoxName; label: string; empty: string }[] = [
  { key: "todo", label: zh.inbox.todo, empty: zh.inbox.emptyTodo },
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
        allowClear
        maxLength={50}
        onSearch={(text) => { change({ q: text.trim() }); }}
      />
      {drafts && (
        <Button type="primary" icon={<EditOutlined />} onClick={() => void go("/documents/new")}>
          {zh.app.newDocument}
        </Button>
      )}
    </>
  );
  return (
    <Page title={zh.inbox.title} tools={tools}>
      <Tabs
        activeKey={box}
        items={boxes.map(({ key, label }) => ({ key, label }))}
        onChange={(key) => { change({ box: key }); }}
      />
      <Box box={box} q={q} />
    </Page>
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
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <Nothing text={boxes.find((one) => one.key === box)?.empty ?? ""} />;
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
