// 档案销毁清册: what is to be destroyed and what was, on screen, on paper and as a table.
import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { calls } from "../api/calls";
import type { DestructionLine } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { csv, saveFile } from "../parts/csv";
import { archiveAddress } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Block } from "../shell/page";
import { time } from "../ui/format";

const a = zh.archives;
/** Who must have agreed, besides whoever proposed it. */
const APPROVERS = 2;

const HEAD = [a.number, a.name, a.documentNumber, a.responsible, a.formed, a.retention,
  a.registerReason, a.proposedBy, a.agreedBy, a.destroyedAt];

function cells(line: DestructionLine): string[] {
  const { number, title, document_number, responsible, reason, by, approved } = line;
  return [number, title, document_number, responsible, time(line.formed_ms).slice(0, 10),
    zh.retention[line.retention], reason, by, approved.join("；"),
    line.destroyed_ms == null
      ? a.notYet(APPROVERS - approved.length) : time(line.destroyed_ms)];
}

export function DestructionRegister() {
  const list = useQuery({ queryKey: ["archives", "register"], queryFn: calls.destructions });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const lines = list.data;
  if (lines.length === 0) return <Nothing text={a.registerNone} />;
  const tools = (
    <span className="block-buttons">
      <Button size="small" icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
        {a.printRegister}
      </Button>
      <Button size="small" icon={<DownloadOutlined />} onClick={() => {
        saveFile(`${a.registerTitle}.csv`, csv([HEAD, ...lines.map(cells)]), "text/csv");
      }}>
        {a.exportRegister}
      </Button>
    </span>
  );
  return (
    <div className="on-paper wide-paper">
      <Block title={a.registerTitle} tools={tools}>
        <p className="soft">{a.registerBasis}</p>
        <div className="table-scroll" role="region" aria-label={a.registerTitle} tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>{HEAD.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const [number, ...rest] = cells(line);
                return (
                  <tr key={line.id}>
                    <td><Link className="whole" to={archiveAddress(line.id)}>{number}</Link></td>
                    {rest.map((text, at) => <td key={HEAD[at + 1]}>{text}</td>)}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <p className="by-hand">{a.byHand}</p>
      </Block>
    </div>
  );
}
