// Choosing two editions of a process, or one and what is being written, and comparing them.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import type { ProcessView } from "../api/work-types";
import { type Texts, workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { EditionCompare } from "../parts/edition-compare";
import { Failed, Waiting } from "../parts/standing-states";
import { Dialog } from "../ui/dialog";

const c = zh.comparing;

/** The texts of an edition, which never change. */
export function useEdition(code: string, version: number | undefined) {
  return useQuery({
    queryKey: ["process", code, "edition", version],
    queryFn: () => workflow.edition(code, version ?? 0),
    staleTime: Infinity,
    enabled: version !== undefined,
  });
}

/** An edition's number, or what is being written. */
type Side = number | "draft";

interface Props {
  view: ProcessView;
  from: number;
  to: Side;
  draft?: Texts;
  onClose: () => void;
}

export function CompareDialog({ view, from, to, draft, onClose }: Props) {
  const [sides, setSides] = useState<[Side, Side]>([from, to]);
  const options: { value: Side; label: string }[] = [
    ...(draft === undefined ? [] : [{ value: "draft" as const, label: c.draft }]),
    ...view.editions.map(({ version }) => ({
      value: version,
      label: version === view.version ? c.now(version) : zh.process.edition(version),
    })),
  ];
  return (
    <Dialog title={c.title} footer={null} width={1200} onCancel={onClose}>
      <div className="compare-sides">
        {[c.from, c.to].map((label, side) => (
          <label key={label}>
            <span>{label}</span>
            <Select<Side> aria-label={label} options={options} value={sides[side]}
              onChange={(next) => {
                setSides(([left, right]) => (side === 0 ? [next, right] : [left, next]));
              }} />
          </label>
        ))}
      </div>
      <Both code={view.code} sides={sides} draft={draft} />
    </Dialog>
  );
}

interface BothProps {
  code: string;
  sides: [Side, Side];
  draft: Texts | undefined;
}

function Both({ code, sides: [left, right], draft }: BothProps) {
  const before = useEdition(code, left === "draft" ? undefined : left);
  const after = useEdition(code, right === "draft" ? undefined : right);
  const from = left === "draft" ? draft : before.data;
  const to = right === "draft" ? draft : after.data;
  const error = before.error ?? after.error;
  if (error !== null) return <Failed error={error} />;
  if (from === undefined || to === undefined) return <Waiting />;
  return <EditionCompare from={from} to={to} />;
}
