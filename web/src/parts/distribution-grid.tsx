// Who got the document and who acknowledged it: one row a unit, relays below their receiver.
import { DownloadOutlined } from "@ant-design/icons";
import { Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { ReceiptView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { csv, saveFile } from "./csv";
import { StateTag } from "./state-tag";
import { Nothing } from "./standing-states";
import { Whole } from "../ui/whole";

function kind(receipt: ReceiptView): string {
  if (receipt.parent != null) return zh.grid.relayed;
  return receipt.copy ? zh.grid.copy : zh.grid.main;
}

function moment(ms: number | null | undefined): string {
  return typeof ms === "number" ? time(ms) : "";
}

export function gridRows(receipts: ReceiptView[]): string[][] {
  const g = zh.grid;
  const head = [g.unit, g.kind, g.state, g.delivered, g.acknowledged, g.by, g.reason];
  const rows = receipts.map((receipt) => [
    receipt.unit_name,
    kind(receipt),
    (zh.state as Record<string, string>)[receipt.state] ?? receipt.state,
    moment(receipt.delivered_ms),
    moment(receipt.acknowledged_ms),
    receipt.acknowledged_by ?? "",
    receipt.return_reason ?? "",
  ]);
  return [head, ...rows];
}

const columns: TableColumnsType<ReceiptView> = [
  { title: zh.grid.unit, dataIndex: "unit_name" },
  { title: zh.grid.kind, key: "kind", className: "whole", render: (_, receipt) => kind(receipt) },
  {
    title: zh.grid.state,
    key: "state",
    render: (_, receipt) => <StateTag state={receipt.state} />,
  },
  {
    title: zh.grid.delivered,
    key: "delivered",
    className: "whole",
    responsive: ["md"],
    render: (_, receipt) => moment(receipt.delivered_ms),
  },
  {
    title: zh.grid.acknowledged,
    key: "acknowledged",
    render: (_, receipt) => (
      <>
        <span className="whole">{moment(receipt.acknowledged_ms)}</span>
        {receipt.return_reason != null && (
          <span className="red"><Whole text={receipt.return_reason} /></span>
        )}
      </>
    ),
  },
  { title: zh.grid.by, dataIndex: "acknowledged_by", responsive: ["md"] },
];

type Shown = keyof typeof zh.grid.shown;
const SHOWN: Shown[] = ["all", "waiting", "acknowledged", "returned"];

function fits(receipt: ReceiptView, shown: Shown): boolean {
  switch (shown) {
    case "all": return true;
    // A returned document was not accepted either: it too is still to be followed up.
    case "waiting": return !fits(receipt, "acknowledged");
    case "acknowledged": return receipt.acknowledged_ms != null && receipt.state !== "returned";
    case "returned": return receipt.state === "returned";
  }
}

export function DistributionGrid({ receipts }: { receipts: ReceiptView[] }) {
  const [shown, setShown] = useState<Shown>("all");
  if (receipts.length === 0) return <Nothing text={zh.document.noDistribution} />;
  const count = (one: Shown) => receipts.filter((receipt) => fits(receipt, one)).length;
  const save = () => { saveFile(`${zh.grid.file}.csv`, csv(gridRows(receipts)), "text/csv"); };
  return (
    <div>
      <div className="bar">
        <span>{zh.grid.summary(count("acknowledged"), receipts.length)}</span>
        <Segmented
          aria-label={zh.grid.filter}
          value={shown}
          onChange={setShown}
          options={SHOWN.map((value) =>
            ({ value, label: `${zh.grid.shown[value]} ${String(count(value))}` }))}
        />
        <Button icon={<DownloadOutlined />} onClick={save}>{zh.grid.export}</Button>
      </div>
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={receipts.filter((receipt) => fits(receipt, shown))}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </div>
  );
}
