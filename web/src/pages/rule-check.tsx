// 行文规则 before an act: what must be mended, and what may be declared instead.
import { Checkbox, Input, Select } from "antd";
import type { Attachment, Declared, ReviewItem, RuleFinding } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { RuleFindings } from "../parts/rule-findings";

/** What is declared, by rule. */
export type Declarations = Record<string, Declared>;

/** Whether what is declared is enough for the rule. */
function isEnough(finding: RuleFinding, declared: Declared | undefined): boolean {
  const hasReason = (declared?.reason ?? "").trim() !== "";
  const hasFile = declared?.attachment != null;
  switch (finding.way) {
    case "hint": return true;
    case "mend": return false;
    case "reason": return hasReason;
    case "attachment": return hasFile;
    case "attachment_or_reason": return hasFile || hasReason;
    case "checklist": return finding.items.every((item) => declared?.items?.includes(item));
  }
}

/** What still stands in the way, in a sentence; nothing when nothing does. */
export function standsInTheWay(
  findings: readonly RuleFinding[], declared: Declarations,
): string | undefined {
  const open = findings.filter((one) => !one.settled && !isEnough(one, declared[one.rule]));
  if (open.some((one) => one.way === "mend")) return zh.rule.mendFirst;
  return open.length > 0 ? zh.rule.declareNeeded : undefined;
}

/** Only what is asked for goes out. */
export function declarationsOf(
  findings: readonly RuleFinding[], declared: Declarations,
): Declared[] {
  const asked = findings.filter((one) => !one.settled && one.way !== "hint" && one.way !== "mend");
  return asked.flatMap((one) => declared[one.rule] ?? []);
}

interface Props {
  findings: readonly RuleFinding[];
  attachments: readonly Attachment[];
  declared: Declarations;
  onDeclare: (declared: Declarations) => void;
}

export function RuleCheck({ findings, attachments, declared, onDeclare }: Props) {
  if (findings.length === 0) return <p className="soft">{zh.rule.clear}</p>;
  const change = (rule: string, part: Partial<Declared>) => {
    onDeclare({ ...declared, [rule]: { rule, ...declared[rule], ...part } });
  };
  const below = (finding: RuleFinding) => (finding.settled
    ? null
    : (
      <Asked finding={finding} attachments={attachments} declared={declared[finding.rule]}
        onChange={(part) => { change(finding.rule, part); }} />
    ));
  return (
    <section className="rule-check" aria-label={zh.rule.checking}>
      <RuleFindings findings={findings} below={below} />
    </section>
  );
}

interface AskedProps {
  finding: RuleFinding;
  attachments: readonly Attachment[];
  declared: Declared | undefined;
  onChange: (part: Partial<Declared>) => void;
}

function Asked({ finding, attachments, declared, onChange }: AskedProps) {
  const { way } = finding;
  if (way === "checklist") {
    return <Checklist items={finding.items} checked={declared?.items ?? []} onChange={onChange} />;
  }
  const id = `declare-${finding.rule}`;
  return (
    <>
      {(way === "attachment" || way === "attachment_or_reason") && (
        <div className="stack">
          <label htmlFor={`${id}-file`}>{zh.rule.attachmentField}</label>
          {attachments.length === 0
            ? <p className="soft">{zh.rule.attachmentNone}</p>
            : (
              <Select
                id={`${id}-file`}
                placeholder={zh.rule.attachmentPick}
                value={declared?.attachment ?? null}
                options={attachments.map((file) => ({ value: file.digest, label: file.name }))}
                onChange={(attachment) => { onChange({ attachment }); }}
              />
            )}
          <p className="soft">{zh.rule.attachmentKept}</p>
        </div>
      )}
      {(way === "reason" || way === "attachment_or_reason") && (
        <div className="stack">
          <label htmlFor={id}>{zh.rule.reasonField}</label>
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={declared?.reason ?? ""}
            onChange={(event) => { onChange({ reason: event.target.value }); }}
          />
        </div>
      )}
    </>
  );
}

interface ChecklistProps {
  items: readonly ReviewItem[];
  checked: readonly ReviewItem[];
  onChange: (part: Partial<Declared>) => void;
}

function Checklist({ items, checked, onChange }: ChecklistProps) {
  const toggle = (item: ReviewItem, on: boolean) => {
    onChange({ items: [...checked.filter((one) => one !== item), ...(on ? [item] : [])] });
  };
  return (
    <div className="rule-items" role="group" aria-label={zh.rule.check}>
      {items.map((item) => (
        <Checkbox key={item} checked={checked.includes(item)}
          onChange={(event) => { toggle(item, event.target.checked); }}>
          {zh.reviewItem[item]}
        </Checkbox>
      ))}
    </div>
  );
}
