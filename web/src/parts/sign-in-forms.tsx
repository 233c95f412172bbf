// The two ways in: a name and a password; in the demonstration, a press on a person.
import { Button, Form, Input } from "antd";
import type { DemoPerson } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { Failed, Nothing, Waiting } from "./standing-states";

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

/** Most people that the server finds at once. */
const FOUND_MAX = 30;

/** A search among all people of the demonstration. */
export interface DemoSearch {
  q: string;
  /** Whom it found; undefined while nobody knows. */
  found: DemoPerson[] | undefined;
  error: Error | null;
  onSearch: (q: string) => void;
}

interface DemoProps {
  /** Those with a part to play, shown while nothing is looked for. */
  people: DemoPerson[];
  search: DemoSearch;
  busy: boolean;
  onChoose: (username: string) => void;
}

export function DemoPeople({ people, search, busy, onChoose }: DemoProps) {
  const looking = search.q.trim() !== "";
  return (
    <section className="login-demo" aria-label={zh.login.demoTitle}>
      <p className="demo-flag">{zh.app.demo}</p>
      <h2>{zh.login.demoTitle}</h2>
      <p className="soft">{zh.login.demoHint}</p>
      <label className="demo-search">
        <span>{zh.login.demoOthers}</span>
        <Input
          type="search"
          placeholder={zh.login.demoSearch}
          value={search.q}
          autoCapitalize="none"
          autoComplete="off"
          maxLength={50}
          onChange={(event) => { search.onSearch(event.target.value); }}
          onKeyDown={(event) => { if (event.key === "Escape") search.onSearch(""); }}
        />
      </label>
      {looking
        ? <Found search={search} busy={busy} onChoose={onChoose} />
        : <People people={people} busy={busy} onChoose={onChoose} />}
    </section>
  );
}

type FoundProps = Omit<DemoProps, "people">;

function Found({ search, busy, onChoose }: FoundProps) {
  const { found, error } = search;
  if (error !== null) return <Failed error={error} />;
  if (found === undefined) return <Waiting />;
  if (found.length === 0) return <div role="status"><Nothing text={zh.login.demoNobody} /></div>;
  const told = found.length < FOUND_MAX ? zh.login.demoFound : zh.login.demoMany;
  return (
    <>
      <p className="soft" role="status">{told(found.length)}</p>
      <People people={found} busy={busy} onChoose={onChoose} />
    </>
  );
}

type PeopleProps = Omit<DemoProps, "search">;

function People({ people, busy, onChoose }: PeopleProps) {
  return (
    <ul className="demo-people">
      {people.map((person) => (
        <li key={person.username}>
          <button type="button" disabled={busy} onClick={() => { onChoose(person.username); }}>
            <b>{person.name}</b>
            <span>{person.unit} {person.post}</span>
            {person.note !== "" && <small>{person.note}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}
