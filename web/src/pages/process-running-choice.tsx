// Choosing which matters go over to the edition in use, each with what it would mean.
import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Checkbox } from "antd";
import { useState } from "react";
import type { MigrationLine, RunningView } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { StateTag } from "../parts/state-tag";
import { time } from "../ui/format";
import { useLibraryAct, Why } from "./process-editions";
import { Whole } from "../ui/whole";

const g = zh.migration;

interface Props {
  view: RunningView;
  version: number;
  post: string;
  onDone: () => void;
}

export function MigrationChoice({ view, version, post, onDone }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const { message } = App.useApp();
  const act = useLibraryAct(view.code);
  const list = useInfiniteQuery({
    queryKey: ["process", view.code, "running", version],
    queryFn: ({ pageParam }) => workflow.runningMatters(view.code, version, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} />;
  const lines = list.data.pages.flatMap((page) => page.items);
  if (lines.length === 0) return <Nothing text={g.empty} />;
  const able = lines.filter((line) => line.obstacles.length === 0).map((line) => line.id);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const all = able.length > 0 && able.every((id) => chosen.has(id));
  const send = (reason: string) => {
    const request = { do: "propose_migration" as const, matters: [...chosen], reason };
    act.mutate({ as_post: post, request }, {
      onSuccess: () => {
        void message.success(g.proposed);
        onDone();
      },
    });
  };
  return (
    <div className="stack">
      <Checkbox checked={all} indeterminate={!all && chosen.size > 0} disabled={able.length === 0}
        onChange={() => { setChosen(new Set(all ? [] : able)); }}>
        {g.all(able.length, lines.length)}
      </Checkbox>
      <ul className="lines migration">
        {lines.map((line) => (
          <Line key={line.id} line={line} chosen={chosen.has(line.id)}
            onToggle={() => { toggle(line.id); }} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
      {chosen.size > view.matters_max && (
        <p className="red" role="alert">{g.tooMany(view.matters_max)}</p>
      )}
      <div className="bar">
        <Button type="primary" disabled={chosen.size === 0 || chosen.size > view.matters_max}
          onClick={() => { setAsking(true); }}>
          {g.propose(chosen.size)}
        </Button>
        <Button onClick={onDone}>{zh.common.cancel}</Button>
      </div>
      {asking && (
        <Why title={g.ask} busy={act.isPending} error={act.error} onSend={send}
          onClose={() => { setAsking(false); act.reset(); }} />
      )}
    </div>
  );
}

interface LineProps {
  line: MigrationLine;
  chosen: boolean;
  onToggle: () => void;
}

function Line({ line, chosen, onToggle }: LineProps) {
  const stuck = line.obstacles.length > 0;
  const notes = [
    ...line.lost.map(g.lost),
    ...(line.removed.length > 0 ? [g.removed(line.removed.join("、"))] : []),
    ...(line.dropped_returns > 0 ? [g.droppedReturns] : []),
  ];
  return (
    <li>
      <Checkbox checked={chosen} disabled={stuck} onChange={onToggle}>
        <Whole text={g.matter(line.unit, time(line.started_ms))} />
      </Checkbox>
      {line.state === "suspended" && <StateTag state={line.state} />}
      {line.stands.map((stand, at) => (
        <span key={`${stand.from}:${String(at)}`}>{g.stand(stand.from, stand.to ?? g.nowhere)}</span>
      ))}
      {line.obstacles.map((why) => <span key={why} className="red">{why}</span>)}
      {notes.map((note) => <span key={note} className="soft">{note}</span>)}
    </li>
  );
}
