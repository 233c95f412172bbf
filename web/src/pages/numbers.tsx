// The numbers that the acting unit has given; voids stay in the list.
import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { Link } from "react-router";
import { calls } from "../api/calls";
import type { NumberView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";

export function NumbersPage() {
  const { post } = useSession();
  return (
    <Page title={zh.numbers.title}>
      {post === undefined ? <Nothing /> : <Numbers unit={post.unit_id} />}
    </Page>
  );
}

function Numbers({ unit }: { unit: string }) {
  const numbers = useQuery({ queryKey: ["numbers", unit], queryFn: () => calls.numbers(unit) });
  if (numbers.isPending) return <Waiting />;
  if (numbers.isLoadingError) return <Failed error={numbers.error} />;
  if (numbers.data.length === 0) return <Nothing text={zh.numbers.empty} />;
  return (
    <Table<NumberView>
      size="small"
      rowKey={(one) => `${one.text}:${one.document}:${String(one.given_ms)}`}
      dataSource={numbers.data}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      className="table-scroll"
      columns={[
        {
          title: zh.numbers.text,
          key: "text",
          render: (_, one) => (
            <span className="whole">
              {one.void_reason == null ? one.text : <del>{one.text}</del>}
            </span>
          ),
        },
        { title: zh.numbers.given, key: "given", render: (_, one) => time(one.given_ms) },
        {
          title: zh.numbers.document,
          key: "document",
          render: (_, one) => (
            <Link to={matterAddress("document", one.document)}>{zh.numbers.open}</Link>
          ),
        },
        { title: zh.numbers.voided, dataIndex: "void_reason" },
      ]}
    />
  );
}
