// The proof that an act stands in the evidence log, to be taken away and checked offline.
import { Button, Select } from "antd";
import type { CheckpointView, ProofView, TimelineEntry } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { saveFile } from "./csv";
import { commandName } from "./timeline";

interface Props {
  digest?: string;
  checkpoint?: CheckpointView;
  entries: TimelineEntry[];
  chosen?: number;
  onChoose: (seq: number) => void;
  proof?: ProofView;
}

export function ProofPanel({ digest, checkpoint, entries, chosen, onChoose, proof }: Props) {
  const options = entries.map((entry) => ({
    value: entry.seq,
    label: `${time(entry.time_ms)} ${commandName(entry.command)} ${entry.person}`,
  }));
  return (
    <div className="proof">
      {digest !== undefined && digest !== "" && <Code name={zh.proof.digest} text={digest} />}
      {checkpoint !== undefined && (
        <p>{zh.proof.covered(checkpoint.size, checkpoint.acts)}</p>
      )}
      <p className="soft">{zh.proof.hint}</p>
      <Select
        aria-label={zh.proof.pick}
        className="proof-pick"
        placeholder={zh.proof.pick}
        value={chosen}
        options={options}
        onChange={onChoose}
      />
      {proof !== undefined && <ProofText proof={proof} />}
    </div>
  );
}

export function ProofText({ proof }: { proof: ProofView }) {
  const save = () => { saveFile(zh.proof.file(proof.seq), proof.bundle, "text/plain"); };
  return (
    <div className="proof-text">
      <Code name={zh.proof.entry} text={proof.entry} />
      <Code name={zh.proof.bundle} text={proof.bundle} />
      <Code name={zh.proof.key} text={proof.key} />
      <Button onClick={save}>{zh.common.download}</Button>
    </div>
  );
}

function Code({ name, text }: { name: string; text: string }) {
  return (
    <div className="code">
      <span className="soft">{name}</span>
      <pre tabIndex={0} aria-label={name}>{text}</pre>
    </div>
  );
}
