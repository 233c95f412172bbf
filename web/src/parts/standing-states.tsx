// What a place shows when it has nothing, waits, or could not be had.
import { Button, Spin } from "antd";
import { Link } from "react-router";
import { zh } from "../i18n/zh-cn";
import { asProblem, isGone } from "../api/problem";
import { ProblemNote } from "./problem-note";

export function Nothing({ text = zh.common.empty }: { text?: string }) {
  return <p className="nothing">{text}</p>;
}

export function Waiting() {
  return (
    <div className="waiting" role="status">
      <Spin />
      <span className="soft">{zh.common.loading}</span>
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className="failed">
      <ProblemNote problem={asProblem(error)} />
      {isGone(error) && <Link to="/">{zh.common.home}</Link>}
      {onRetry !== undefined && !isGone(error) && <Button onClick={onRetry}>{zh.common.retry}</Button>}
    </div>
  );
}
