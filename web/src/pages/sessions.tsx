// My sessions: where I am signed in, and how to end that; my password.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Waiting } from "../parts/standing-states";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { agentName } from "../ui/agent";
import { time } from "../ui/format";
import { Delegation } from "./delegation";
import { Passkeys } from "./passkeys";
import { Whole } from "../ui/whole";

export function SessionsPage() {
  return (
    <Page title={zh.sessions.title}>
      <Sessions />
      <Delegation />
      <Passkeys />
      <Password />
    </Page>
  );
}

function Sessions() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: ["sessions"], queryFn: calls.sessions });
  const end = useMutation({
    mutationFn: calls.endSession,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["sessions"] }),
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <ul className="sessions">
        {list.data.map((session) => (
          <li key={session.id}>
            <div>
              <b>{session.address}</b>
              {session.current && <span className="tag tone-green">{zh.sessions.current}</span>}
              <p className="soft agent" title={session.agent}>{agentName(session.agent)}</p>
              <p className="soft">
                <Whole text={[
                  `${zh.sessions.created} ${time(session.created_ms)}`,
                  `${zh.sessions.used} ${time(session.used_ms)}`,
                ].join(" · ")} />
              </p>
            </div>
            {!session.current && (
              <Button loading={end.isPending} onClick={() => { end.mutate(session.id); }}>
                {zh.sessions.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {end.isError && <ProblemNote problem={asProblem(end.error)} />}
    </>
  );
}

interface Passwords {
  old: string;
  new: string;
}

const needed = [{ required: true, message: zh.setup.needed }];

function Password() {
  const { message } = App.useApp();
  const { who } = useSession();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: (asked: Passwords) => calls.changePassword(asked.old, asked.new),
    onSuccess: () => {
      form.resetFields();
      void message.success(zh.sessions.changed);
    },
  });
  return (
    <Block title={zh.sessions.password}>
      <Form<Passwords> form={form} layout="vertical" requiredMark={false} className="narrow"
        onFinish={(asked) => { change.mutate(asked); }}>
        <input type="text" hidden readOnly autoComplete="username" value={who.person} />
        <Form.Item name="old" label={zh.sessions.old} rules={needed}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={zh.sessions.new} rules={needed}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>{zh.sessions.change}</Button>
      </Form>
      {change.isError && <ProblemNote problem={asProblem(change.error)} />}
    </Block>
  );
}
