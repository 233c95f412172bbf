// What the rules find in a document: what is wrong, on what it rests, what to do.
import type { ReactNode } from "react";
import type { RuleFinding } from "../api/types";
import { zh } from "../i18n/zh-cn";

const TONES: Record<RuleFinding["way"], string> = {
  mend: "red",
  reason: "amber",
  attachment: "amber",
  attachment_or_reason: "amber",
  checklist: "blue",
  hint: "plain",
};

interface Props {
  findings: readonly RuleFinding[];
  /** What is asked for below a finding. */
  below?: (finding: RuleFinding) => ReactNode;
}

export function RuleFindings({ findings, below }: Props) {
  return (
    <ol className="findings">
      {findings.map((finding) => (
        <li key={`${finding.rule}:${finding.sentence}`} className="finding">
          <p className="finding-sentence">
            <span className={`tag tone-${finding.settled ? "green" : TONES[finding.way]}`}>
              {finding.settled && finding.way !== "hint" ? zh.rule.settled : zh.rule[finding.way]}
            </span>
            {finding.sentence}
          </p>
          {finding.next !== "" && <p>{finding.next}</p>}
          {finding.article !== "" && <p className="finding-article">{finding.article}</p>}
          {below?.(finding)}
        </li>
      ))}
    </ol>
  );
}
