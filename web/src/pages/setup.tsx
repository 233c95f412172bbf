// The first run: three administrators, three people, no default password.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { Link } from "react-router";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import type { Setup } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Failed, Waiting } from "../parts/standing-states";

const administrators = ["system", "security", "audit"] as const;
const needed = [{ required: true, message: zh.setup.needed }];

export function SetupPage() {
  const state = useQuery({ queryKey: ["setup"], queryFn: calls.setupState });
  const setup = useMutation({ mutationFn: calls.setup });
  return (
    <main className="login wide">
      <title>{`${zh.setup.title} · ${zh.app.name}`}</title>
      <section className="login-box">
        <p className="brand big"><img className="seal" src="/icons/icon.svg" alt="" />{zh.app.name}</p>
        <h1>{setup.isSuccess ? zh.setup.done : zh.setup.title}</h1>
        {state.isPending && <Waiting />}
        {state.isError && <Failed error={state.error} />}
        {setup.isSuccess && <p>{zh.setup.doneNote}</p>}
        {state.data?.needed === false && !setup.isSuccess && <p>{zh.setup.notNeeded}</p>}
        {state.data?.needed === true && !state.data.imported && (
          <div className="problem" role="alert">
            <p className="problem-title">{zh.setup.notImported}</p>
            <p>{zh.setup.notImportedNext}</p>
          </div>
        )}
        {state.data?.needed === true && state.data.imported && !setup.isSuccess && (
          <SetupForm busy={setup.isPending} onSubmit={setup.mutate} />
        )}
        {setup.isError && <ProblemNote problem={asProblem(setup.error)} />}
        {(setup.isSuccess || state.data?.needed === false) && (
          <Link to="/login">{zh.login.title}</Link>
        )}
      </section>
    </main>
  );
}

interface Props {
  busy: boolean;
  onSubmit: (setup: Setup) => void;
}

function SetupForm({ busy, onSubmit }: Props) {
  return (
    <Form<Setup> layout="vertical" requiredMark={false} onFinish={onSubmit}>
      <p className="soft">{zh.setup.hint}</p>
      <Form.Item name="token" label={zh.setup.token} rules={needed}>
        <Input autoComplete="off" />
      </Form.Item>
      {administrators.map((one) => (
        <fieldset key={one} className="three">
          <legend>{zh.setup[one]}</legend>
          <Form.Item name={[one, "name"]} label={zh.setup.name} rules={needed}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name={[one, "username"]} label={zh.setup.username} rules={needed}>
            <Input autoComplete="off" autoCapitalize="none" />
          </Form.Item>
          <Form.Item name={[one, "password"]} label={zh.setup.password} rules={needed}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </fieldset>
      ))}
      <Button type="primary" htmlType="submit" loading={busy}>{zh.setup.submit}</Button>
    </Form>
  );
}
