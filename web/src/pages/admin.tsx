// 管理: what the system and the security administrator do, each form one act.
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { administration } from "../api/administration";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { NamedUnit } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { Nothing } from "../parts/standing-states";
import { Block, Page } from "../shell/page";
import { useSession } from "../shell/session";
import { type ChosenPost, PostPicker, UnitPicker } from "./pickers";

type Kind = "text" | "password" | "post" | "unit";
type Values = Record<string, string>;

interface Field {
  name: string;
  kind: Kind;
  label: string;
}

interface Task {
  title: string;
  fields: Field[];
  send: (asPost: string, values: Values) => Promise<unknown>;
}

const of = (values: Values, name: string) => values[name] ?? "";

function moved(verb: "appoint" | "appoint_acting" | "unseat" | "leave" | "rename" | "merge" | "abolish") {
  return (asPost: string, values: Values) =>
    administration.directory(asPost, newActId(), verb, (name) => of(values, name));
}

const a = zh.admin;
type Label = keyof typeof a.fields;

/** `name` is what the server calls it; `label` where that means something else here. */
function field(name: Label, kind: Kind = "text", label: Label = name): Field {
  return { name, kind, label: a.fields[label] };
}

const SYSTEM: Task[] = [
  {
    title: a.appoint,
    fields: [field("person"), field("name"), field("post", "post")],
    send: moved("appoint"),
  },
  {
    title: a.appointActing,
    fields: [field("person"), field("name"), field("post", "post")],
    send: moved("appoint_acting"),
  },
  { title: a.unseat, fields: [field("person"), field("post", "post")], send: moved("unseat") },
  { title: a.leave, fields: [field("person")], send: moved("leave") },
  {
    title: a.rename,
    fields: [field("unit", "unit"), field("name", "text", "unit_name"), field("short_name")],
    send: moved("rename"),
  },
  {
    title: a.merge,
    fields: [field("unit", "unit"), field("into", "unit"), field("basis")],
    send: moved("merge"),
  },
  {
    title: a.abolish,
    fields: [field("unit", "unit"), field("successor", "unit"), field("basis")],
    send: moved("abolish"),
  },
  {
    title: a.book,
    fields: [field("unit", "unit"), field("code")],
    send: (asPost, values) =>
      administration.openBook(asPost, newActId(), of(values, "unit"), of(values, "code")),
  },
];
const SECURITY: Task[] = [
  {
    title: a.account,
    fields: [field("person"), field("password", "password")],
    send: (asPost, values) =>
      administration.giveAccount(asPost, of(values, "person"), of(values, "password")),
  },
  {
    title: a.endSessions,
    fields: [field("person")],
    send: (_, values) => administration.endSessions(of(values, "person")),
  },
];

export function AdminPage() {
  const { who } = useSession();
  const post = (duty: string) => who.posts.find((one) => one.duties.includes(duty));
  const [system, security] = [post("system_admin"), post("security_admin")];
  return (
    <Page title={a.title}>
      <div className="tasks">
        {system !== undefined && SYSTEM.map((task) => (
          <TaskForm key={task.title} task={task} asPost={system.id} />
        ))}
        {security !== undefined && SECURITY.map((task) => (
          <TaskForm key={task.title} task={task} asPost={security.id} />
        ))}
      </div>
      {system === undefined && security === undefined && <Nothing text={a.nothing} />}
    </Page>
  );
}

function TaskForm({ task, asPost }: { task: Task; asPost: string }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const send = useMutation({
    mutationFn: (values: Values) => task.send(asPost, values),
    onSuccess: () => {
      form.resetFields();
      void message.success(a.done);
    },
  });
  return (
    <Block title={task.title}>
      <Form<Values> form={form} name={task.title} layout="vertical" requiredMark={false}
        className="narrow" onFinish={(values) => { send.mutate(values); }}>
        {task.fields.map(({ name, kind, label }) => (
          <Form.Item key={name} name={name} label={label}
            rules={[{ required: true, message: zh.setup.needed }]}>
            <FieldInput kind={kind} label={label} />
          </Form.Item>
        ))}
        <Button htmlType="submit" loading={send.isPending}>{task.title}</Button>
      </Form>
      {send.isError && <ProblemNote problem={asProblem(send.error)} />}
    </Block>
  );
}

interface InputProps {
  id?: string;
  kind: Kind;
  label: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
}

function FieldInput({ id, kind, label, value, onChange }: InputProps) {
  const [unit, setUnit] = useState<NamedUnit>();
  const [post, setPost] = useState<ChosenPost>();
  const known = id === undefined ? {} : { id };
  if (kind === "unit") {
    const change = (next: NamedUnit | undefined) => {
      setUnit(next);
      onChange?.(next?.id);
    };
    const chosen = unit !== undefined && value === unit.id ? unit : undefined;
    return <UnitPicker {...known} label={label} value={chosen} onChange={change} />;
  }
  if (kind === "post") {
    const change = (next: ChosenPost | undefined) => {
      setPost(next);
      onChange?.(next?.id);
    };
    const chosen = post !== undefined && value === post.id ? post : undefined;
    return <PostPicker {...known} label={label} value={chosen} onChange={change} />;
  }
  const shared = {
    ...known,
    value: value ?? "",
    maxLength: 200,
    onChange: (event: { target: { value: string } }) => { onChange?.(event.target.value); },
  };
  return kind === "password"
    ? <Input.Password {...shared} autoComplete="new-password" />
    : <Input {...shared} autoComplete="off" />;
}
