// The two ways in: a name and a password; in the demonstration, a press on a person.
import { Button, Form, Input } from "antd";
import type { DemoPerson } from "../api/types";
import { zh } from "../i18n/zh-cn";

export interface Credentials {
  username: string;
  password: string;
}

interface FormProps {
  busy: boolean;
  onSubmit: (asked: Credentials) => void;
}

export function LoginForm({ busy, onSubmit }: FormProps) {
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

export function DemoPeople({ people, busy, onChoose }: DemoProps) {
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
