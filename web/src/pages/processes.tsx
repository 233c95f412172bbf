// 流程目录: every process there is, to be found, read and started.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { Link, useSearchParams } from "react-router";
import type { ProcessLine } from "../api/work-types";
import { workflow } from "../api/workflow";
import { zh } from "../i18n/zh-cn";
import { limitWords } from "../parts/process-words";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { clearable } from "../ui/words";

const p = zh.process;

export function ProcessesPage() {
  const [search, setSearch] = useSearchParams();
  const [q, domain] = [search.get("q") ?? "", search.get("domain") ?? ""];
  const change = (next: Record<string, string>) => {
    const kept = Object.entries({ q, domain, ...next }).filter(([, value]) => value !== "");
    setSearch(Object.fromEntries(kept), { replace: true });
  };
  const options = Object.entries(p.domains).map(([value, label]) => ({ value, label }));
  const tools = (
    <>
      <Input.Search key={q} className="inbox-search" aria-label={p.search} placeholder={p.search}
        defaultValue={q} allowClear={clearable} maxLength={50}
        onSearch={(text) => { change({ q: text.trim() }); }} />
      <Select className="domain-pick" aria-label={p.domain} value={domain}
        options={[{ value: "", label: p.anyDomain }, ...options]}
        onChange={(value) => { change({ domain: value }); }} />
    </>
  );
  return (
    <Page title={p.title} tools={tools}>
      <List q={q} domain={domain} />
    </Page>
  );
}

function List({ q, domain }: { q: string; domain: string }) {
  const list = useInfiniteQuery({
    queryKey: ["processes", q, domain],
    queryFn: ({ pageParam }) => workflow.processes(q, domain, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (list.isPending) return <Waiting />;
  if (list.isLoadingError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing text={p.empty} />;
  return (
    <>
      <ul className="matters">
        {items.map((item) => <li key={item.code}><Line item={item} /></li>)}
      </ul>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {zh.common.more}
        </Button>
      )}
    </>
  );
}

function Line({ item }: { item: ProcessLine }) {
  const limit = limitWords(item.limit);
  return (
    <Link to={`/processes/${encodeURIComponent(item.code)}`} className="matter process-line">
      <span className="matter-title">{item.name} <span className="soft">{item.code}</span></span>
      <span className="matter-unit">{p.domains[item.domain] ?? item.domain}</span>
      <span className="matter-unit">{limit === "" ? p.noLimit : `${p.limit} ${limit}`}</span>
      <span className="matter-unit">{`${p.kept} ${item.retention}`}</span>
      <span className="matter-unit">{p.running(item.running)}</span>
      <span className="matter-unit">
        {p.edition(item.version)}
        {item.proposed > 0 && (
          <span className="tag tone-amber"> {p.proposed(item.proposed)}</span>
        )}
      </span>
    </Link>
  );
}
