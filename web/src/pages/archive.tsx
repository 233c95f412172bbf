// The page of a 件: what it is called, what is in it, how it was tested, who borrowed it.
import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { calls } from "../api/calls";
import { isGone } from "../api/problem";
import type {
  ArchiveAction, ArchiveRequest, ArchiveView, LoanView, PacketFile, TestView,
} from "../api/types";
import { useAct } from "../hooks/act";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Timeline } from "../parts/timeline";
import { Block, Page } from "../shell/page";
import { size, time } from "../ui/format";
import { ArchiveDialog } from "./archive-dialog";
import { PacketPage } from "./archive-reader";
import { Facts } from "./matter-parts";

const a = zh.archives;

export function ArchivePage() {
  const { kind = "", key = "", unit } = useParams();
  const id = [kind, key, unit].filter((part) => part !== undefined).join(".");
  const page = useQuery({ queryKey: ["archive", id], queryFn: () => calls.archive(id) });
  if (page.isPending) return <Waiting />;
  if (page.data === undefined || isGone(page.error)) {
    return (
      <Page title={zh.document.notShown}>
        <Failed error={page.error} onRetry={() => void page.refetch()} />
      </Page>
    );
  }
  return <Shown key={id} view={page.data} />;
}

function Shown({ view }: { view: ArchiveView }) {
  const [action, setAction] = useState<ArchiveAction>();
  const { message } = App.useApp();
  const act = useAct<ArchiveRequest>(["archive", view.id],
    (envelope) => calls.archiveAct(view.id, { ...envelope, seen: view.version }));
  const close = () => { setAction(undefined); act.reset(); };
  const send = (request: ArchiveRequest, post: string) => {
    act.mutate({ as_post: post, seen: view.version, request }, {
      onSuccess: () => {
        void message.success(a.done(a.actions[request.do]));
        setAction(undefined);
      },
    });
  };
  return (
    <Page title={view.title}>
      <div className="action-bar archive-actions">
        {view.actions.map((one) => (
          <Button
            key={one.name}
            loading={one.name === "test" && act.isPending}
            onClick={() => {
              if (one.name === "test") send({ do: "test" }, one.post);
              else setAction(one);
            }}
          >
            {a.actions[one.name as ArchiveRequest["do"]]}
          </Button>
        ))}
      </div>
      <div className="matter-page">
        <div className="matter-main">
          <Facts facts={facts(view)} />
          {view.destroyed_ms != null && (
            <p className="notice red">{a.destroyedNote(time(view.destroyed_ms))}</p>
          )}
          <Files view={view} />
          <div className="on-paper"><Tests tests={view.tests} view={view} /></div>
        </div>
        <div className="matter-side">
          {view.destruction != null && <Destruction view={view} />}
          {view.opening != null && <Opening opening={view.opening} />}
          <Loans loans={view.loans} />
          <Block title={a.timeline}><Timeline entries={view.timeline} /></Block>
        </div>
      </div>
      {action !== undefined && (
        <ArchiveDialog action={action} loans={view.loans} busy={act.isPending} error={act.error}
          onSend={(request) => { send(request, action.post); }} onClose={close} />
      )}
    </Page>
  );
}

function facts(view: ArchiveView): [string, string][] {
  const from = (year: number | null | undefined) => year == null ? a.never : a.yearFrom(year);
  return [
    [a.number, view.number],
    [a.documentNumber, view.document_number],
    [a.responsible, view.responsible],
    [a.sort, view.sort],
    [a.unit, view.unit_name],
    [a.retention, zh.retention[view.retention]],
    [a.formed, time(view.formed_ms).slice(0, 10)],
    [a.registered, time(view.registered_ms)],
    [a.opens, from(view.opens)],
    [a.ends, from(view.ends)],
    [a.digest, view.digest ?? a.notPacked],
  ];
}

function Files({ view }: { view: ArchiveView }) {
  const [shown, setShown] = useState<number>();
  const address = `/api/archives/${encodeURIComponent(view.id)}`;
  const tools = view.readable && (
    <a href={`${address}/packet`} download={`${view.number}.zip`}>
      <DownloadOutlined aria-hidden="true" />
      {` ${a.packet}（${size(view.size ?? 0)}）`}
    </a>
  );
  return (
    <Block title={a.files} tools={tools}>
      {!view.readable && view.destroyed_ms == null && <p className="soft">{a.locked}</p>}
      <FileList view={view} proofs={false} onRead={setShown} />
      <details>
        <summary>{a.proofs}</summary>
        <FileList view={view} proofs onRead={setShown} />
      </details>
      <Link className="archive-source" to={matterAddress(view.source_kind, view.source)}>
        {a.openSource}
      </Link>
      {shown !== undefined && (
        <PacketPage id={view.id} number={shown} label={view.files[shown - 1]?.label ?? ""}
          onClose={() => { setShown(undefined); }} />
      )}
    </Block>
  );
}

interface ListProps {
  view: ArchiveView;
  proofs: boolean;
  onRead: (number: number) => void;
}

/** Proofs are many and read by machines: they have a list of their own. */
function FileList({ view, proofs, onRead }: ListProps) {
  const address = `/api/archives/${encodeURIComponent(view.id)}`;
  return (
      <ul className="attachments">
        {view.files.map((file, place) => (file.group === "证明") === proofs && (
          <li key={file.path}>
            <span className="soft">{file.group}</span>
            {view.readable ? (
              <a href={`${address}/files/${place + 1}`} download={fileName(file)}>{file.label}</a>
            ) : <span>{file.label}</span>}
            <span className="soft">{size(file.size)}</span>
            {view.readable && file.media === "text/html" && (
              <Button size="small" aria-label={`${a.read}：${file.label}`}
                onClick={() => { onRead(place + 1); }}>
                {a.read}
              </Button>
            )}
          </li>
        ))}
      </ul>
  );
}

function fileName(file: PacketFile): string {
  return file.label.includes(".") ? file.label : file.path.split("/").at(-1) ?? file.label;
}

function Tests({ tests, view }: { tests: TestView[]; view: ArchiveView }) {
  const last = tests[0];
  if (last === undefined) return <Block title={a.tests}><Nothing text={a.noTest} /></Block>;
  const tools = (
    <Button size="small" icon={<PrinterOutlined />} onClick={() => { window.print(); }}>
      {a.print}
    </Button>
  );
  return (
    <Block title={a.tests} tools={tools}>
      <p className={last.passed ? "" : "red"}>
        {`${a.phase[last.test.phase]} ${time(last.time_ms)}：${last.passed ? a.passed : a.failed}`}
      </p>
      <p className="soft">{`${view.number} · ${a.basis}`}</p>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{a.item}</th>
              <th scope="col">{a.outcomeTitle}</th>
              <th scope="col">{a.found}</th>
            </tr>
          </thead>
          <tbody>
            {last.test.lines.map((line) => (
              <tr key={`${line.property}${line.item}`}>
                <td>{`${a.property[line.property]}-${line.item} ${line.what}`}</td>
                <td className={line.outcome === "failed" ? "red whole" : "whole"}>
                  {a.outcome[line.outcome]}
                </td>
                <td>{line.found}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  );
}

function Loans({ loans }: { loans: LoanView[] }) {
  return (
    <Block title={a.loans}>
      {loans.length === 0 ? <Nothing text={a.noLoan} /> : (
        <ul className="plain-list">
          {loans.map((loan) => (
            <li key={loan.loan}>
              <b>{loan.who}</b>
              {` ${a.loanState[loan.state as keyof typeof a.loanState]} `}
              {loan.until_ms != null && a.until(time(loan.until_ms))}
              <div>{loan.reason ?? loan.purpose}</div>
              <div className="soft">{`${time(loan.asked_ms)} · ${a.readTimes(loan.read)}`}</div>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}

function Opening({ opening }: { opening: NonNullable<ArchiveView["opening"]> }) {
  return (
    <Block title={a.opening}>
      <p>{opening.open ? a.openNow : a.keptBack}</p>
      {opening.reason !== "" && <p>{opening.reason}</p>}
      <p className="soft">{a.decidedBy(opening.by, time(opening.time_ms))}</p>
    </Block>
  );
}

function Destruction({ view }: { view: ArchiveView }) {
  const proposed = view.destruction;
  if (proposed == null) return null;
  return (
    <Block title={a.destruction}>
      <p>{proposed.reason}</p>
      <p className="soft">{a.destructionBy(proposed.by)}</p>
      {proposed.approved.map((who) => <p key={who} className="soft">{a.approvedBy(who)}</p>)}
      {view.destroyed_ms == null && <p className="red">{a.confirmDestruction}</p>}
    </Block>
  );
}
