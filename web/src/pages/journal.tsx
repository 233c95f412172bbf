// 办理日志 for the audit administrator: envelopes of acts, each with its proof.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Modal, Table } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { ActView, JournalFilter } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProofText } from "../parts/proof-panel";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { commandName } from "../parts/timeline";
import { Page } from "../shell/page";
import { time } from "../ui/format";
import { JournalFilters } from "./journal-filter";

export function JournalPage() {
  const [seq, setSeq] = useState<number>();
  const [search, setSearch] = useSearchParams();
  const filter = { command: search.get("command") ?? "", unit: search.get("unit") ?? "" };
  const narrow = (next: JournalFilter) => {
    setSearch(Object.entries(next).filter(([, value]) => value !== ""), { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ["journal", filter],
    queryFn: ({ pageParam }) => calls.journal(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const acts = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={zh.journal.title}>
      {!list.isLoadingError && <JournalFilters value={filter} onChange={narrow} />}
      {list.isPending && <Waiting />}
      {list.isLoadingError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && <Standing />}
      {list.isSuccess && acts.length === 0 && <Nothing text={zh.journal.empty} />}
      {acts.length > 0 && <Acts acts={acts} onProof={setSeq} />}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
      {seq !== undefined && <ProofDialog seq={seq} onClose={() => { setSeq(undefined); }} />}
    </Page>
  );
}

function Standing() {
  const checkpoint = useQuery({ queryKey: ["checkpoint"], queryFn: calls.checkpoint });
  if (checkpoint.data === undefined) return null;
  const { size, acts, note } = checkpoint.data;
  return (
    <details className="checkpoint">
      <summary>{zh.proof.covered(size, acts)}</summary>
      <pre tabIndex={0} aria-label={zh.proof.checkpoint}>{note}</pre>
    </details>
  );
}

interface ActsProps {
  acts: ActView[];
  onProof: (seq: number) => void;
}

function Acts({ acts, onProof }: ActsProps) {
  const j = zh.journal;
  return (
    <Table<ActView>
      size="small"
      className="table-scroll"
      rowKey="seq"
      dataSource={acts}
      pagination={false}
      columns={[
        { title: j.seq, dataIndex: "seq" },
        {
          title: j.time,
          key: "time",
          render: (_, one) => <span className="whole">{time(one.time_ms)}</span>,
        },
        { title: j.command, key: "command", render: (_, one) => commandName(one.command) },
        { title: j.person, dataIndex: "person", render: (who?: string) => who ?? j.platform },
        { title: j.post, dataIndex: "post", responsive: ["lg"] },
        { title: j.unit, dataIndex: "unit", responsive: ["lg"] },
        {
          title: j.commitment,
          key: "commitment",
          responsive: ["md"],
          render: (_, one) => <code title={one.commitment}>{one.commitment.slice(0, 16)}…</code>,
        },
        {
          title: j.proof,
          key: "proof",
          render: (_, one) => (
            <Button size="small" onClick={() => { onProof(one.seq); }}
              aria-label={`${j.proof} ${String(one.seq)}`}>
              {j.proof}
            </Button>
          ),
        },
      ]}
    />
  );
}

function ProofDialog({ seq, onClose }: { seq: number; onClose: () => void }) {
  const proof = useQuery({ queryKey: ["proof", seq], queryFn: () => calls.proof(seq) });
  return (
    <Modal
      open
      title={`${zh.proof.title} ${String(seq)}`}
      footer={null}
      onCancel={onClose}
      width={720}
    >
      {proof.isPending && <Waiting />}
      {proof.isError && <Failed error={proof.error} onRetry={() => void proof.refetch()} />}
      {proof.data !== undefined && <ProofText proof={proof.data} />}
    </Modal>
  );
}
