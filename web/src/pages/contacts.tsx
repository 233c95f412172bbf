// 通讯录: the tree of five levels, search, and a unit's posts and people.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Tree, type TreeDataNode } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { FoundView, UnitCard, UnitView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useFound } from "./pickers";
import { clearable } from "../ui/words";

export function ContactsPage() {
  const [search, setSearch] = useSearchParams();
  const [q, setQ] = useState(search.get("q") ?? "");
  const unit = search.get("unit") ?? undefined;
  const open = (id: string) => { setSearch({ unit: id, ...(q !== "" && { q }) }); };
  const found = useFound(q);
  return (
    <Page title={zh.contacts.title}>
      <div className={unit === undefined ? "contacts" : "contacts has-unit"}>
        <div className="contacts-tree">
          <Input
            aria-label={zh.common.search}
            placeholder={zh.contacts.search}
            value={q}
            allowClear={clearable}
            maxLength={50}
            onChange={(event) => { setQ(event.target.value); }}
          />
          {q.trim() === ""
            ? <Units chosen={unit} onOpen={open} />
            : <Results found={found.data} onOpen={open} />}
          {found.isError && <Failed error={found.error} />}
        </div>
        <div className="contacts-unit">
          {unit === undefined ? <Nothing text={zh.contacts.pick} /> : <Card id={unit} />}
        </div>
      </div>
    </Page>
  );
}

function node(unit: UnitView): TreeDataNode {
  return { key: unit.id, title: unit.short_name, isLeaf: !unit.has_children };
}

function grown(nodes: TreeDataNode[], key: React.Key, children: TreeDataNode[]): TreeDataNode[] {
  return nodes.map((one) => {
    if (one.key === key) return { ...one, children };
    return one.children === undefined
      ? one
      : { ...one, children: grown(one.children, key, children) };
  });
}

interface UnitsProps {
  chosen: string | undefined;
  onOpen: (id: string) => void;
}

function Units({ chosen, onOpen }: UnitsProps) {
  const cache = useQueryClient();
  const roots = useQuery({ queryKey: ["units", ""], queryFn: () => calls.units() });
  const [loaded, setLoaded] = useState<[React.Key, TreeDataNode[]][]>([]);
  if (roots.isPending) return <Waiting />;
  if (roots.isLoadingError) return <Failed error={roots.error} onRetry={() => void roots.refetch()} />;
  const load = async (key: React.Key) => {
    const parent = String(key);
    const queryFn = () => calls.units(parent);
    const below = await cache.query({ queryKey: ["units", parent], queryFn });
    setLoaded((before) => [...before.filter(([one]) => one !== key), [key, below.map(node)]]);
  };
  const tree = loaded.reduce((all, [key, below]) => grown(all, key, below), roots.data.map(node));
  return (
    <Tree
      aria-label={zh.contacts.tree}
      blockNode
      height={560}
      treeData={tree}
      selectedKeys={chosen === undefined ? [] : [chosen]}
      loadData={({ key }) => load(key)}
      defaultExpandedKeys={roots.data.length === 1 ? roots.data.map((root) => root.id) : []}
      onSelect={([key]) => { if (key !== undefined) onOpen(String(key)); }}
    />
  );
}

interface ResultsProps {
  found: FoundView[] | undefined;
  onOpen: (id: string) => void;
}

function Results({ found, onOpen }: ResultsProps) {
  if (found === undefined) return <Waiting />;
  if (found.length === 0) return <Nothing text={zh.contacts.nobody} />;
  return (
    <ul className="found" aria-label={zh.contacts.results}>
      {found.map((one) => (
        <li key={`${one.kind}:${one.id}`}>
          <button type="button" onClick={() => { onOpen(one.unit); }}>
            <b>{one.name}</b>
            <span className="soft">{one.place}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Card({ id }: { id: string }) {
  const card = useQuery({ queryKey: ["unit", id], queryFn: () => calls.unit(id) });
  if (card.isPending) return <Waiting />;
  if (card.isLoadingError) return <Failed error={card.error} onRetry={() => void card.refetch()} />;
  return <UnitPosts card={card.data} />;
}

function UnitPosts({ card }: { card: UnitCard }) {
  const above = [...card.above].reverse().join(" › ");
  return (
    <section className="block" aria-label={card.unit.name}>
      {above !== "" && <p className="soft">{above}</p>}
      <h2>
        {card.unit.name}
        <span className="tag tone-plain">{zh.contacts.level[card.unit.level]}</span>
      </h2>
      {card.posts.length === 0 && <Nothing text={zh.contacts.noPosts} />}
      <ul className="posts" aria-label={zh.contacts.posts}>
        {card.posts.map((post) => (
          <li key={post.id}>
            <span>{post.title}</span>
            {post.people.length === 0
              ? <span className="soft">{zh.contacts.vacant}</span>
              : <b>{post.people.join("、")}</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}
