// Choosing units and posts by name, pinyin or initials.
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { calls } from "../api/calls";
import type { NamedUnit } from "../api/types";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";

const WAIT_MS = 200;

export function useFound(q: string) {
  const still = useDelayed(q.trim(), WAIT_MS);
  return useQuery({
    queryKey: ["find", still],
    queryFn: ({ signal }) => calls.find(still, signal),
    enabled: still !== "",
    placeholderData: (before) => before,
  });
}

interface UnitsProps {
  id?: string;
  label: string;
  value: NamedUnit[];
  onChange: (units: NamedUnit[]) => void;
  /** The unit whose governments below can be added at once. */
  below?: string | undefined;
}

export function UnitsPicker({ id, label, value, onChange, below }: UnitsProps) {
  const [q, setQ] = useState("");
  const found = useFound(q);
  const units = (q === "" ? [] : found.data ?? []).filter((one) => one.kind === "unit");
  const options = units.map((unit) => ({
    value: unit.id,
    label: unit.place === "" ? unit.name : `${unit.name}（${unit.place}）`,
    short: unit.name,
  }));
  return (
    <div className="picker">
      <Select
        {...(id !== undefined && { id })}
        mode="multiple"
        labelInValue
        aria-label={label}
        placeholder={zh.head.pickUnits}
        showSearch={{ filterOption: false, onSearch: setQ }}
        value={value.map((unit) => ({ value: unit.id, label: unit.name }))}
        options={options}
        optionLabelProp="short"
        loading={found.isFetching}
        notFoundContent={q === "" ? null : zh.contacts.nobody}
        onChange={(chosen) => {
          setQ("");
          onChange(chosen.map((one) => ({ id: one.value, name: one.label })));
        }}
      />
      {below !== undefined && <AddBelow unit={below} value={value} onChange={onChange} />}
    </div>
  );
}

interface BelowProps {
  unit: string;
  value: NamedUnit[];
  onChange: (units: NamedUnit[]) => void;
}

function AddBelow({ unit, value, onChange }: BelowProps) {
  const below = useQuery({ queryKey: ["units", unit], queryFn: () => calls.units(unit) });
  const governments = (below.data ?? []).filter((one) => /^\d+$/.test(one.id));
  if (governments.length === 0) return null;
  const add = () => {
    const known = new Set(value.map((one) => one.id));
    const fresh = governments.filter((one) => !known.has(one.id));
    onChange([...value, ...fresh.map((one) => ({ id: one.id, name: one.short_name }))]);
  };
  return (
    <Button size="small" onClick={add}>
      {`${zh.head.addBelow}（${String(governments.length)}）`}
    </Button>
  );
}

export interface ChosenPost {
  id: string;
  name: string;
}

interface PostProps {
  id?: string;
  label: string;
  value: ChosenPost | undefined;
  onChange: (post: ChosenPost | undefined) => void;
}

/** First a person or unit, then one of the unit's posts. */
export function PostPicker({ id, label, value, onChange }: PostProps) {
  const [q, setQ] = useState("");
  const [picked, setPicked] = useState<{ unit: string; person: string | undefined }>();
  const found = useFound(q);
  const card = useQuery({
    queryKey: ["unit", picked?.unit],
    queryFn: () => calls.unit(picked?.unit ?? ""),
    enabled: picked !== undefined,
  });
  const posts = (card.data?.posts ?? []).filter(
    (post) => picked?.person === undefined || post.people.includes(picked.person),
  );
  const hits = q === "" ? [] : found.data ?? [];
  const pick = (key: string) => {
    const hit = hits.find((one) => `${one.kind}:${one.id}` === key);
    if (hit === undefined) return;
    setPicked({ unit: hit.unit, person: hit.kind === "person" ? hit.name : undefined });
    onChange(undefined);
  };
  const unitName = card.data?.unit.short_name ?? "";
  return (
    <div className="picker two">
      <Select
        {...(id !== undefined && { id })}
        aria-label={label}
        placeholder={value?.name ?? zh.head.pickUnits}
        showSearch={{ filterOption: false, onSearch: setQ }}
        options={hits.map((hit) => ({
          value: `${hit.kind}:${hit.id}`,
          label: `${hit.name} ${hit.place}`,
        }))}
        loading={found.isFetching}
        notFoundContent={q === "" ? null : zh.contacts.nobody}
        onChange={pick}
      />
      {picked !== undefined && (
        <Select
          aria-label={zh.head.signerPost}
          placeholder={zh.head.signerPost}
          loading={card.isFetching}
          value={value?.id}
          options={posts.map((post) => ({
            value: post.id,
            label: `${post.title}（${post.people.join("、") || zh.contacts.vacant}）`,
          }))}
          onChange={(post, option) => {
            const text = Array.isArray(option) ? "" : option?.label ?? "";
            onChange({ id: post, name: `${unitName} ${text}` });
          }}
        />
      )}
    </div>
  );
}
