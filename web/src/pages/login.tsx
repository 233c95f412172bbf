// Signing in; in the demonstration, by choosing a person.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import { signIn } from "../api/passkeys";
import { asProblem } from "../api/problem";
import type { DemoPerson, Who } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";

/** Only a path of this site: never another site's address. */
export function safeNext(text: string | null): string {
  return text !== null && /^\/(?![/\\])/.test(text) && !text.startsWith("/login") ? text : "/inbox";
}

interface Credentials {
  username: string;
  password: string;
}

function useEnter() {
  const cache = useQueryClient();
  const go = useNavigate();
  const [search] = useSearchParams();
  return (who: Who) => {
    cache.clear();
    cache.setQueryData(["session"], who);
    void go(safeNext(search.get("next")), { replace: true });
  };
}

export function LoginPage() {
  const enter = useEnter();
  const [search] = useSearchParams();
  const setup = useQuery({ queryKey: ["setup"], queryFn: calls.setupState });
  const people = useQuery({ queryKey: ["demo"], queryFn: calls.demoPeople });
  const enterByName = useMutation({
    mutationFn: (asked: Credentials) => signIn(asked.username, asked.password),
    onSuccess: enter,
  });
  const demo = useMutation({ mutationFn: calls.demoSignIn, onSuccess: enter });
  const error = enterByName.error ?? demo.error;
  if (setup.data?.needed === true && !setup.data.demonstration) return <Navigate to="/setup" />;
  const shown = people.data ?? [];
  return (
    <main className={shown.length > 0 ? "login with-demo" : "login"}>
      <title>{`${zh.login.title} · ${zh.app.name}`}</title>
      <section className="login-box">
        <p className="brand big"><span className="brand-mark" aria-hidden="true" />{zh.app.name}</p>
        <h1>{zh.login.title}</h1>
        {search.get("expired") !== null && <p className="notice">{zh.login.expired}</p>}
        <LoginForm busy={enterByName.isPending} onSubmit={enterByName.mutate} />
        {error !== null && <ProblemNote problem={asProblem(error)} />}
      </section>
      {shown.length > 0 && (
        <DemoPeople people={shown} busy={demo.isPending} onChoose={demo.mutate} />
      )}
    </main>
  );
}

interface FormProps {
  busy: boolean;
  onSubmit: (asked: Credentials) => void;
}

function LoginForm({ busy, onSubmit }: FormProps) {
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={onSubmit}>
      <Form.Item
        name="username"
        label={zh.login.username}
        rules={[{ required: true, message: zh.login.usernameNeeded }]}
      >
        <Input autoComplete="username" autoCapitalize="none" maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={zh.login.password}
        rules={[{ required: true, message: zh.login.passwordNeeded }]}
      >
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>{zh.login.submit}</Button>
    </Form>
  );
}

interface DemoProps {
  people: DemoPerson[];
  busy: boolean;
  onChoose: (username: string) => void;
}

function DemoPeople({ people, busy, onChoose }: DemoProps) {
  return (
    <section className="login-demo" aria-label={zh.login.demoTitle}>
      <p className="demo-flag">{zh.app.demo}</p>
      <h2>{zh.login.demoTitle}</h2>
      <p className="soft">{zh.login.demoHint}</p>
      <ul className="demo-people">
        {people.map((person) => (
          <li key={person.username}>
            <button type="button" disabled={busy} onClick={() => { onChoose(person.username); }}>
              <b>{person.name}</b>
              <span>{person.unit} {person.post}</span>
              <small>{person.note}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
