// 消息: what concerns me and is no work of its own; told once, read when I have read it.
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented } from "antd";
import { Link, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import type { MessageView } from "../api/types";
import { useUnread } from "../hooks/unread";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";

type Shown = keyof typeof zh.messages.shown;

export function MessagesPage() {
  const [search, setSearch] = useSearchParams();
  const shown: Shown = search.get("shown") === "unread" ? "unread" : "all";
  const list = useInfiniteQuery({
    queryKey: ["messages", "list", shown],
    queryFn: ({ pageParam }) => calls.messages(shown === "unread", pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const tools = (
    <>
      <Segmented<Shown>
        aria-label={zh.messages.filter}
        value={shown}
        options={(["all", "unread"] as const).map((value) =>
          ({ value, label: zh.messages.shown[value] }))}
        onChange={(value) => {
          setSearch(value === "all" ? {} : { shown: value }, { replace: true });
        }}
      />
      <ReadAll newest={items[0]} />
    </>
  );
  return (
    <Page title={zh.messages.title} tools={tools}>
      {list.isPending && <Waiting />}
      {list.isLoadingError && (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && <Nothing text={zh.messages.empty[shown]} />}
      {items.length > 0 && <MessageList items={items} />}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
    </Page>
  );
}

/** Reads everything up to the newest that is shown: what comes while one presses stays unread. */
function ReadAll({ newest }: { newest: MessageView | undefined }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const unread = useUnread();
  const read = useMutation({
    mutationFn: calls.readAllMessages,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["messages"] }),
    onError: (error) => { void message.error(asProblem(error).message); },
  });
  return (
    <Button
      disabled={unread === 0 || newest === undefined}
      loading={read.isPending}
      onClick={() => { if (newest !== undefined) read.mutate(newest.time_ms); }}
    >
      {zh.messages.readAll}
    </Button>
  );
}

function MessageList({ items }: { items: MessageView[] }) {
  const cache = useQueryClient();
  const read = useMutation({
    mutationFn: calls.readMessages,
    onSettled: () => cache.invalidateQueries({ queryKey: ["messages"] }),
  });
  return (
    <ul className="messages">
      {items.map((one) => (
        <li key={one.id}>
          <Link
            to={matterAddress(one.matter_kind, one.matter)}
            className={`message ${one.read ? "" : "unread"}`}
            onClick={() => { if (!one.read) read.mutate([one.id]); }}
          >
            <span className="message-what">
              {!one.read && <span className="message-dot" role="img" aria-label={zh.messages.unread} />}
              <span className={`tag ${tone(one.happened)}`}>{happened(one.happened)}</span>
            </span>
            <span className="message-title"><Whole text={one.title} /></span>
            <time dateTime={new Date(one.time_ms).toISOString()}>{time(one.time_ms)}</time>
            <span className="message-words">
              <Whole text={[one.teller, one.step, one.words]
                .filter((part) => part !== "").join(" · ")} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function happened(word: string): string {
  return (zh.messages.happened as Record<string, string>)[word] ?? word;
}

/** What presses is red, what wants attention amber, what is done green. */
function tone(word: string): string {
  if (["returned", "sent_back", "late", "urged", "red", "rejected", "terminated"].includes(word)) {
    return "tone-red";
  }
  if (["warned", "yellow", "withdrawn"].includes(word)) return "tone-amber";
  return ["concluded", "receipted"].includes(word) ? "tone-green" : "tone-blue";
}
