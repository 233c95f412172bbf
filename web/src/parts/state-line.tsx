// Where a matter stands: its steps in order, the present one marked.
import type { StageView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { limit } from "../ui/format";

function mark(standing: string, index: number): string {
  if (standing === "done") return "✓";
  if (["skipped", "not_taken", "cancelled"].includes(standing)) return "–";
  return String(index + 1);
}

/** Only a workflow's limits can be provisional; documents have none in working days. */
type Stage = StageView & { due_provisional?: boolean };

export function StateLine({ stages }: { stages: Stage[] }) {
  if (stages.length === 0) return <p className="soft state-draft">{zh.stateline.draft}</p>;
  return (
    <ol className="state-line" aria-label={zh.stateline.label}>
      {stages.map((stage, index) => (
        <Step key={stage.id} stage={stage} index={index} />
      ))}
    </ol>
  );
}

function Step({ stage, index }: { stage: Stage; index: number }) {
  const active = stage.standing === "active";
  const standing = (zh.standing as Record<string, string>)[stage.standing] ?? "";
  return (
    <li className={`stage is-${stage.standing}`} aria-current={active ? "step" : undefined}>
      <span className="stage-mark" aria-hidden="true">{mark(stage.standing, index)}</span>
      <span className="stage-name">{stage.name}</span>
      {stage.standing === "not_taken"
        ? <span className="stage-note">{standing}</span>
        : <span className="hidden-text">{standing}</span>}
      {active && stage.holders.length > 0 && (
        <span className="stage-note">{stage.holders.join("、")}</span>
      )}
      {active && typeof stage.due_ms === "number" && (
        <span className="stage-note">{zh.stateline.due(limit(stage.due_ms))}</span>
      )}
      {active && stage.due_provisional === true && (
        <span className="stage-note">{zh.common.provisional}</span>
      )}
    </li>
  );
}
