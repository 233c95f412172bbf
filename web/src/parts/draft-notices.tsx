// What this browser knows of a draft besides what is on the screen.
import { Button } from "antd";
import type { Draft } from "../hooks/draft";
import { zh } from "../i18n/zh-cn";
import { time } from "../ui/format";
import { Whole } from "../ui/whole";

interface Props<T> {
  draft: Draft<T>;
  /** What is said when another tab has it open too. */
  elsewhere: string;
  /** Shows what was taken up. */
  onTake: (value: T) => void;
}

export function DraftNotices<T>({ draft, elsewhere, onTake }: Props<T>) {
  const { found } = draft;
  return (
    <>
      {draft.elsewhere && <p className="notice" role="status">{elsewhere}</p>}
      {found !== undefined && (
        <div className="notice" role="status">
          <span><Whole text={zh.draft.found(time(found.time_ms))} /></span>
          <Button size="small" onClick={() => { draft.take(); onTake(found.value); }}>
            {zh.draft.restore}
          </Button>
          <Button size="small" type="text" onClick={draft.discard}>{zh.draft.discard}</Button>
        </div>
      )}
    </>
  );
}

/** When it was last kept, or that there is no room. */
export function DraftKept({ draft }: { draft: Pick<Draft<unknown>, "full" | "keptMs"> }) {
  if (draft.full) return <span className="red" role="alert">{zh.draft.full}</span>;
  if (draft.keptMs === undefined) return null;
  return <span className="soft"><Whole text={zh.draft.kept(time(draft.keptMs))} /></span>;
}
