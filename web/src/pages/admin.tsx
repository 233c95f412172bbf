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
}

interface Task {
  title: string;
  fields: Field[];
  send: (asPost: string, values: Values) => Promise<unknown>;
}

const text = (name: string): Field => ({ name, kind: "text" });
const of = (values: Values, name: string) => values[name] ?? "";

function moved(verb: "appoint" | "appoint_acting" | "unseat" | "leave" | "rename" | "merge" | "abolish") {
  return (asPost: string, values: Values) =>
    administration.directory(asPost, newActId(), verb, (name) => of(values, name));
}

const a = zh.admin;
const SYSTEM: Task[] = [
  {
    title: a.appoint,
    fields: [text("person"), text("name"), { name: "post", kind: "post" }],
    send: moved("appoint"),
  },
  {
    title: a.appointActing,
    fields: [text("person"), text("name"), { name: "post", kind: "post" }],
    send: moved("appoint_acting"),
  },
  { title: a.unseat, fields: [text("person"), { name: "post", kind: "post" }], send: moved("unseat") },
  { title: a.leave, fields: [text("person")], send: moved("leave") },
  {
    title: a.rename,
    fields: [{ name: "unit", kind: "unit" }, text("name"), text("short_name")],
    send: moved("rename"),
  },
  {
    title: a.merge,
    fields: [{ name: "unit", kind: "unit" }, { name: "into", kind: "unit" }, text("basis")],
    send: moved("merge"),
  },
  {
    title: a.abolish,
    fields: [{ name: "unit", kind: "unit" }, { name: "successor", kind: "unit" }, text("basis")],
    send: moved("abolish"),
  },
  {
    title: a.book,
    fields: [{ name: "unit", kind: "unit" }, text("code")],
    send: (asPost, values) =>
      administration.openBook(asPost, newActId(), of(values, "unit"), of(values, "code")),
  },
];
const SECURITY: Task[] = [
  {
    title: a.account,
    fields: [text("person"), { name: "password", kind: "password" }],
    send: (asPost, values) =>
      administration.giveAccount(asPost, of(values, "person"), of(values, "password")),
  },
  {
    title: a.endSessions,
    fields: [text("person")],
    send: (_, values) => administration.endSessions(of(values, "person")),
  },
];

export function AdminPage() {
  const { who } = useSession();
  const post = (duty: string) => who.posts.find((one) => one.duties.includes(duty));
  const [system, security] = [post("system_admin"), post("security_admin")];
  return (
    <Page title={a.title}>
      {system !== undefined && SYSTEM.map((task) => (
        <TaskForm key={task.title} task={task} asPost={system.id} />
      ))}
      {security !== undefined && SECURITY.map((task) => (
        <TaskForm key={task.title} task={task} asPost={security.id} />
      ))}
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
        {task.fields.map((field) => (
          <Form.Item key={field.name} name={field.name} label={a.fields[field.name] ?? field.name}
            rules={[{ required: true, message: zh.setup.needed }]}>
            <FieldInput kind={field.kind} label={a.fields[field.name] ?? field.name} />
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
