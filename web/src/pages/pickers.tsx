// Choosing units and posts by name, pinyin or initials.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { calls } from "../api/calls";
import type { FoundView, NamedUnit, PostPeople, UnitCard } from "../api/types";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { LeftByTab } from "../ui/left-by-tab";
import { clearableChoice } from "../ui/words";

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

function unitOptions(found: FoundView[]) {
  return found.filter((one) => one.kind === "unit").map((unit) => ({
    value: unit.id,
    label: unit.place === "" ? unit.name : `${unit.name}（${unit.place}）`,
    short: unit.name,
  }));
}

interface UnitProps {
  id?: string;
  label: string;
  className?: string;
  placeholder?: string;
  value: NamedUnit | undefined;
  onChange: (unit: NamedUnit | undefined) => void;
}

export function UnitPicker({ id, label, className, placeholder, value, onChange }: UnitProps) {
  const [q, setQ] = useState("");
  const found = useFound(q);
  const options = unitOptions(q === "" ? [] : found.data ?? []);
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(className !== undefined && { className })}
      labelInValue
      allowClear={clearableChoice}
      aria-label={label}
      placeholder={placeholder ?? zh.head.pickUnits}
      showSearch={{ filterOption: false, onSearch: setQ }}
      value={value === undefined ? null : { value: value.id, label: value.name }}
      options={options}
      optionLabelProp="short"
      loading={found.isFetching}
      notFoundContent={q === "" ? null : zh.contacts.nobody}
      onChange={(chosen: { value: string; label: string } | null | undefined) => {
        setQ("");
        onChange(chosen == null ? undefined : { id: chosen.value, name: chosen.label });
      }}
    />
  );
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
  const options = unitOptions(q === "" ? [] : found.data ?? []);
  return (
    <div className="picker">
      <LeftByTab>
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
      </LeftByTab>
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

interface Picked {
  unit: string;
  person: string | undefined;
}

function postsOf(card: UnitCard | undefined, picked: Picked): PostPeople[] {
  const posts = card?.posts ?? [];
  const { person } = picked;
  return person === undefined ? posts : posts.filter((post) => post.people.includes(person));
}

function postLabel(post: PostPeople): string {
  return `${post.title}（${post.people.join("、") || zh.contacts.vacant}）`;
}

function chosenOf(card: UnitCard, post: PostPeople): ChosenPost {
  return { id: post.id, name: `${card.unit.short_name} ${postLabel(post)}` };
}

/** First a person or unit, then one of the unit's posts. */
export function PostPicker({ id, label, value, onChange }: PostProps) {
  const [q, setQ] = useState("");
  const [picked, setPicked] = useState<Picked>();
  const cache = useQueryClient();
  const found = useFound(q);
  const card = useQuery({
    queryKey: ["unit", picked?.unit],
    queryFn: () => calls.unit(picked?.unit ?? ""),
    enabled: picked !== undefined,
  });
  const posts = picked === undefined ? [] : postsOf(card.data, picked);
  const hits = q === "" ? [] : found.data ?? [];
  const pick = async (key: string) => {
    const hit = hits.find((one) => `${one.kind}:${one.id}` === key);
    if (hit === undefined) return;
    const next = { unit: hit.unit, person: hit.kind === "person" ? hit.name : undefined };
    setPicked(next);
    onChange(undefined);
    const queryFn = () => calls.unit(next.unit);
    const found = await cache.query({ queryKey: ["unit", next.unit], queryFn });
    const [only, ...more] = postsOf(found, next);
    if (only !== undefined && more.length === 0) onChange(chosenOf(found, only));
  };
  return (
    <div className="picker two">
      <Select<string>
        {...(id !== undefined && { id })}
        aria-label={label}
        placeholder={zh.head.pickUnits}
        showSearch={{ filterOption: false, onSearch: setQ }}
        // Until another is looked for, what was chosen before stands there by its name.
        {...(picked === undefined && value !== undefined && { value: value.name })}
        options={hits.map((hit) => ({
          value: `${hit.kind}:${hit.id}`,
          label: `${hit.name} ${hit.place}`,
        }))}
        loading={found.isFetching}
        notFoundContent={q === "" ? null : zh.contacts.nobody}
        onChange={(key) => { pick(key).catch(() => undefined); }}
      />
      {picked !== undefined && (
        <Select
          aria-label={zh.head.postOf(label)}
          placeholder={zh.head.choosePost}
          loading={card.isFetching}
          value={value?.id}
          options={posts.map((post) => ({
            value: post.id,
            label: postLabel(post),
          }))}
          onChange={(key) => {
            const post = posts.find((one) => one.id === key);
            if (post !== undefined && card.data !== undefined) onChange(chosenOf(card.data, post));
          }}
        />
      )}
    </div>
  );
}
