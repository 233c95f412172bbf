// Fields that point to units, posts, people and files.
import { UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useRef, useState } from "react";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import { zh } from "../i18n/zh-cn";
import type { Reference } from "../parts/form-values";
import { ProblemNote } from "../parts/problem-note";
import { useKeepName, useNames } from "./form-names";
import { LeftByTab } from "../ui/left-by-tab";
import { PostPicker, UnitPicker, UnitsPicker, useFound } from "./pickers";

interface OneProps {
  id: string;
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

interface ManyProps {
  id: string;
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
}

export function OneUnit({ id, label, value, onChange }: OneProps) {
  const [name = ""] = useNames("unit", value === undefined ? [] : [value]);
  const keep = useKeepName();
  return (
    <UnitPicker id={id} label={label} value={value === undefined ? undefined : { id: value, name }}
      onChange={(unit) => {
        if (unit !== undefined) keep("unit", unit.id, unit.name);
        onChange(unit?.id);
      }} />
  );
}

export function ManyUnits({ id, label, value, onChange }: ManyProps) {
  const names = useNames("unit", value);
  const keep = useKeepName();
  const units = value.map((unit, at) => ({ id: unit, name: names[at] ?? unit }));
  return (
    <UnitsPicker id={id} label={label} value={units}
      onChange={(next) => {
        next.forEach((unit) => { keep("unit", unit.id, unit.name); });
        onChange(next.map((unit) => unit.id));
      }} />
  );
}

export function OnePost({ id, label, value, onChange }: OneProps) {
  const [name = ""] = useNames("post", value === undefined ? [] : [value]);
  const keep = useKeepName();
  return (
    <PostPicker id={id} label={label} value={value === undefined ? undefined : { id: value, name }}
      onChange={(post) => {
        if (post !== undefined) keep("post", post.id, post.name);
        onChange(post?.id);
      }} />
  );
}

export function ManyPosts({ id, label, value, onChange }: ManyProps) {
  const keep = useKeepName();
  return (
    <div className="stack">
      <Chosen kind="post" value={value} onChange={onChange} />
      {/* A picker for each further post: what was picked before does not stay in it. */}
      <PostPicker key={value.length} id={id} label={label} value={undefined}
        onChange={(post) => {
          if (post === undefined || value.includes(post.id)) return;
          keep("post", post.id, post.name);
          onChange([...value, post.id]);
        }} />
    </div>
  );
}

function Chosen({ kind, value, onChange }: Omit<ManyProps, "id" | "label"> & { kind: Reference }) {
  const names = useNames(kind, value);
  if (value.length === 0) return null;
  return (
    <ul className="chosen">
      {value.map((one, at) => (
        <li key={one}>
          {names[at]}
          <Button size="small" type="text" aria-label={zh.form.drop(names[at] ?? one)}
            onClick={() => { onChange(value.filter((id) => id !== one)); }}>
            {zh.common.remove}
          </Button>
        </li>
      ))}
    </ul>
  );
}

export function People({ id, label, value, onChange, many }: ManyProps & { many: boolean }) {
  const [q, setQ] = useState("");
  const found = useFound(q);
  const names = useNames("person", value);
  const keep = useKeepName();
  const hits = (q === "" ? [] : found.data ?? []).filter((one) => one.kind === "person");
  const choose = (next: { value: string; label: string }[]) => {
    setQ("");
    next.forEach((one) => {
      keep("person", one.value, hits.find((hit) => hit.id === one.value)?.name ?? one.label);
    });
    onChange(next.map((one) => one.value).slice(many ? 0 : -1));
  };
  return (
    <LeftByTab>
      <Select
        id={id}
        mode="multiple"
        labelInValue
        aria-label={label}
        placeholder={zh.form.choosePerson}
        showSearch={{ filterOption: false, onSearch: setQ }}
        value={value.map((one, at) => ({ value: one, label: names[at] ?? one }))}
        options={hits.map((hit) => ({ value: hit.id, label: `${hit.name} ${hit.place}` }))}
        loading={found.isFetching}
        notFoundContent={q === "" ? null : zh.contacts.nobody}
        onChange={choose}
      />
    </LeftByTab>
  );
}

export function Files({ id, label, value, onChange }: ManyProps) {
  const input = useRef<HTMLInputElement>(null);
  const names = useNames("file", value);
  const keep = useKeepName();
  const add = useMutation({
    mutationFn: (file: File) => calls.upload(file),
    onSuccess: ({ digest }, file) => {
      keep("file", digest, file.name);
      if (!value.includes(digest)) onChange([...value, digest]);
    },
  });
  return (
    <div className="stack">
      <ul className="chosen">
        {value.map((digest, at) => (
          <li key={digest}>
            {names[at]}
            <Button size="small" type="text"
              aria-label={zh.form.drop(names[at] ?? "")}
              onClick={() => { onChange(value.filter((one) => one !== digest)); }}>
              {zh.common.remove}
            </Button>
          </li>
        ))}
      </ul>
      <input ref={input} type="file" hidden aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) add.mutate(file);
          event.target.value = "";
        }} />
      <div>
        <Button id={id} icon={<UploadOutlined />} loading={add.isPending}
          aria-label={zh.work.at(zh.form.upload, label)}
          onClick={() => input.current?.click()}>
          {add.isPending ? zh.form.uploading : zh.form.upload}
        </Button>
      </div>
      {add.isError && <ProblemNote problem={asProblem(add.error)} />}
    </div>
  );
}
