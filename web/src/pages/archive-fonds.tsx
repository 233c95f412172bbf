// 全宗号: what a unit's archive numbers begin with, as the archive house gave it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { FondsView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Block } from "../shell/page";
import { useSession } from "../shell/session";

const a = zh.archives;

export function FondsForm() {
  const list = useQuery({ queryKey: ["fonds"], queryFn: calls.fonds });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <Nothing />;
  return list.data.map((view) => <One key={view.unit} view={view} />);
}

function One({ view }: { view: FondsView }) {
  const { who } = useSession();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [code, setCode] = useState(view.code);
  const [organisation, setOrganisation] = useState(view.organisation);
  const clerk = who.posts.find((post) => post.duties.includes("clerk"));
  const save = useMutation({
    mutationFn: () => calls.nameFonds({
      act_id: newActId(), as_post: clerk?.id ?? "", unit: view.unit, code, organisation,
    }),
    onSuccess: () => {
      void message.success(a.setDone);
      void cache.invalidateQueries({ queryKey: ["fonds"] });
    },
  });
  const field = (name: string) => `${name}-${view.unit}`;
  return (
    <Block title={view.unit_name}>
      {!view.set && <p className="soft">{a.fondsUnset}</p>}
      <div className="archive-filters archive-fonds">
        <label htmlFor={field("code")}>{a.fonds}</label>
        <Input id={field("code")} value={code} maxLength={16}
          onChange={(event) => { setCode(event.target.value.toUpperCase()); }} />
        <label htmlFor={field("organisation")}>{a.organisation}</label>
        <Input id={field("organisation")} value={organisation} maxLength={16}
          onChange={(event) => { setOrganisation(event.target.value.toUpperCase()); }} />
        <Button loading={save.isPending} onClick={() => { save.mutate(); }}>{a.set}</Button>
      </div>
      {save.isError && <ProblemNote problem={asProblem(save.error)} />}
    </Block>
  );
}
