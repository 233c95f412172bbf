// A list that comes page by page: a table at a desk, lines on a phone.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { zh } from "../i18n/zh-cn";
import { useRoom } from "../ui/room";
import { Failed, Nothing, Waiting } from "./standing-states";

interface PageOf<T> {
  items: T[];
  next?: string | null;
}

interface Props<T> {
  queryKey: readonly unknown[];
  fetch: (cursor: string | undefined) => Promise<PageOf<T>>;
  /** What is said when there is nothing. */
  empty: string;
  rowKey: (one: T) => string;
  columns: TableColumnsType<T>;
  /** What stands in a line on a phone. */
  line: (one: T) => ReactNode;
}

export function Paged<T extends object>(props: Props<T>) {
  const room = useRoom();
  const list = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: ({ pageParam }) => props.fetch(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing text={props.empty} />;
  return (
    <>
      {room === "phone"
        ? (
          <ul className="matters">
            {items.map((one) => <li key={props.rowKey(one)}>{props.line(one)}</li>)}
          </ul>
        )
        : (
          <Table<T>
            size="small"
            rowKey={props.rowKey}
            dataSource={items}
            pagination={false}
            className="table-scroll"
            columns={props.columns}
          />
        )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
    </>
  );
}
