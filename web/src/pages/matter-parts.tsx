// What a document's page and a received document's page have in common.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { calls } from "../api/calls";
import type { TimelineEntry, VersionView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { Select } from "antd";
import { ProofPanel } from "../parts/proof-panel";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { VersionCompare } from "../parts/version-compare";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";

export function Proof({ digest, entries }: { digest: string; entries: TimelineEntry[] }) {
  const [seq, setSeq] = useState<number>();
  const checkpoint = useQuery({ queryKey: ["checkpoint"], queryFn: calls.checkpoint });
  const proof = useQuery({
    queryKey: ["proof", seq],
    queryFn: () => calls.proof(seq ?? 0),
    enabled: seq !== undefined,
    staleTime: Infinity,
  });
  return (
    <>
      <ProofPanel
        digest={digest}
        entries={entries}
        onChoose={setSeq}
        {...(checkpoint.data !== undefined && { checkpoint: checkpoint.data })}
        {...(seq !== undefined && { chosen: seq })}
        {...(proof.data !== undefined && { proof: proof.data })}
      />
      {proof.isLoading && <Waiting />}
      {proof.isError && <Failed error={proof.error} onRetry={() => void proof.refetch()} />}
    </>
  );
}

export function Versions({ id, versions }: { id: string; versions: VersionView[] }) {
  const last = versions.at(-1)?.number ?? 1;
  const [range, setRange] = useState<{ from: number; to: number }>();
  const from = range?.from ?? Math.max(1, last - 1);
  const to = range?.to ?? last;
  const compared = useQuery({
    queryKey: ["document", id, "compare", from, to],
    queryFn: () => calls.compare(id, from, to),
    enabled: from !== to,
    staleTime: Infinity,
  });
  const options = versions.map((version) => ({
    value: version.number,
    label: `${zh.compare.version(version.number)} ${version.person} ${time(version.time_ms)}`,
  }));
  if (versions.length < 2) return <Nothing text={zh.compare.needTwo} />;
  return (
    <div className="stack">
      <div className="bar">
        <Select aria-label={zh.compare.from} className="version-pick" value={from} options={options}
          onChange={(value) => { setRange({ from: value, to }); }} />
        <span aria-hidden="true">→</span>
        <Select aria-label={zh.compare.to} className="version-pick" value={to} options={options}
          onChange={(value) => { setRange({ from, to: value }); }} />
      </div>
      {compared.isLoading && <Waiting />}
      {compared.isError && <Failed error={compared.error} />}
      {from === to && <Nothing text={zh.compare.same} />}
      {compared.data !== undefined && <VersionCompare lines={compared.data} />}
    </div>
  );
}

/** So many characters, such as the names of many units, take both columns. */
const LONG = 50;

export function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== "").map(([name, value]) => (
        <div key={name} className={value.length > LONG ? "wide" : ""}>
          <dt>{name}</dt>
          <dd><Whole text={value} /></dd>
        </div>
      ))}
    </dl>
  );
}
