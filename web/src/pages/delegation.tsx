// 委托代理: letting another post act for one of mine, for a while.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { administration } from "../api/administration";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Block } from "../shell/page";
import { useSession } from "../shell/session";
import { limit } from "../ui/format";
import { type ChosenPost, PostPicker } from "./pickers";
import { Whole } from "../ui/whole";

const DAY_MS = 86_400_000;
const SPANS = [1, 3, 7, 30];

export function Delegation() {
  const { who } = useSession();
  const { message } = App.useApp();
  const own = who.posts.filter((post) =>
    (post.for_person ?? "") === "" && !post.duties.some((duty) => duty.endsWith("_admin")));
  const [from, setFrom] = useState(own[0]?.id);
  const [to, setTo] = useState<ChosenPost>();
  const [days, setDays] = useState(7);
  const d = zh.delegation;
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: ({ post, stand }: { post: string; stand: string }) =>
      administration.delegate(post, newActId(), stand, Date.now() + days * DAY_MS),
    onSuccess: () => {
      setTo(undefined);
      void cache.invalidateQueries({ queryKey: ["delegations"] });
      void message.success(d.done);
    },
  });
  if (from === undefined) return null;
  return (
    <Block title={d.title}>
      <p className="soft">{d.hint}</p>
      <Current />
      <Form layout="vertical" requiredMark={false} className="narrow"
        onFinish={() => { if (to !== undefined) send.mutate({ post: from, stand: to.id }); }}>
        <Form.Item label={d.from} htmlFor="delegation-from">
          <Select id="delegation-from" value={from} onChange={setFrom}
            options={own.map((p) => ({ value: p.id, label: `${p.unit_name} ${p.title}` }))} />
        </Form.Item>
        <Form.Item label={d.to} htmlFor="delegation-to">
          <PostPicker id="delegation-to" label={d.to} value={to} onChange={setTo} />
        </Form.Item>
        <Form.Item label={d.days} htmlFor="delegation-days">
          <Select id="delegation-days" value={days} onChange={setDays}
            options={SPANS.map((n) => ({ value: n, label: d.span(n) }))} />
        </Form.Item>
        <Button htmlType="submit" disabled={to === undefined} loading={send.isPending}>
          {d.submit}
        </Button>
      </Form>
      {send.isError && <ProblemNote problem={asProblem(send.error)} />}
    </Block>
  );
}

/** What one has delegated and may take back before its time. */
function Current() {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const d = zh.delegation;
  const list = useQuery({ queryKey: ["delegations"], queryFn: administration.delegations });
  const end = useMutation({
    mutationFn: (post: string) => administration.endDelegation(post, newActId()),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["delegations"] });
      void message.success(d.ended);
    },
  });
  const items = list.data ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <h3>{d.current}</h3>
      <ul className="sessions">
        {items.map((one) => (
          <li key={one.from_post}>
            <div>
              <b>{one.to_name}</b>
              <p className="soft"><Whole text={d.until(limit(one.ends_ms))} /></p>
            </div>
            <Button loading={end.isPending} onClick={() => { end.mutate(one.from_post); }}>
              {d.end}
            </Button>
          </li>
        ))}
      </ul>
      {end.isError && <ProblemNote problem={asProblem(end.error)} />}
    </>
  );
}
