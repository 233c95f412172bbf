// The drawing of an edition, and of what is being written.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WorkView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { BpmnDrawing } from "../parts/bpmn-drawing";
import { Fold, type Folding } from "../parts/fold";
import { Failed, Nothing, Waiting } from "../parts/standing-states";

const d = zh.drawing;

interface EditionProps {
  code: string;
  name: string;
  version: number | undefined;
  standing?: WorkView["course"];
}

/** An edition never changes, so its drawing is asked for once. */
export function EditionDrawing({ code, name, version, standing }: EditionProps) {
  const drawing = useQuery({
    queryKey: ["drawing", code, version],
    queryFn: () => workflow.drawing(code, version),
    staleTime: version === undefined ? 0 : Infinity,
  });
  if (drawing.isPending) return <Waiting />;
  if (drawing.data === undefined) {
    return <Failed error={drawing.error} onRetry={() => void drawing.refetch()} />;
  }
  return <BpmnDrawing xml={drawing.data} name={name} {...(standing !== undefined && { standing })} />;
}

interface LiveProps extends Folding {
  name: string;
  /** What the text says now; nothing while it does not read. */
  drawing: string | undefined;
  selected: string | undefined;
  onSelect: (id: string) => void;
}

/** The last good drawing stays in sight while the text does not read. */
export function LiveDrawing({ name, drawing, selected, onSelect, ...folding }: LiveProps) {
  const [good, setGood] = useState(drawing);
  if (drawing !== undefined && drawing !== good) setGood(drawing);
  const stale = drawing === undefined;
  return (
    <Fold title={d.title} {...folding}>
      {stale && good !== undefined && <p className="notice" role="status">{d.stale}</p>}
      {good === undefined && <Nothing text={d.none} />}
      {/* A drawing is drawn to the room it has: folded there is none. */}
      {good !== undefined && folding.open && (
        <div className={stale ? "drawing-stale" : ""}>
          <BpmnDrawing xml={good} name={name} selected={selected} onSelect={onSelect} />
        </div>
      )}
      <p className="soft">{d.hint}</p>
    </Fold>
  );
}
