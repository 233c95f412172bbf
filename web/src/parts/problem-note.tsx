// Says why something was refused: the sentence, its rule, what to do next.
import { Button } from "antd";
import type { Problem } from "../api/problem";
import { zh } from "../i18n/zh-cn";

interface Props {
  problem: Problem;
  /** Offered when somebody else was faster. */
  onReload?: () => void;
}

export function ProblemNote({ problem, onReload }: Props) {
  const { title, detail, rule, next, code } = problem.body;
  return (
    <div className="problem" role="alert">
      <p className="problem-title">{title}</p>
      {detail != null && detail !== title && <p>{detail}</p>}
      {rule != null && <Line name={zh.problem.rule} text={rule} />}
      {next != null && <Line name={zh.problem.next} text={next} />}
      <Line name={zh.problem.code} text={code} />
      {onReload !== undefined && problem.isStale && (
        <Button size="small" onClick={onReload}>{zh.problem.reload}</Button>
      )}
    </div>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <p className="problem-line">
      <span>{name}</span>
      {text}
    </p>
  );
}
