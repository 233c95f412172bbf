// 公文检索: documents that the asker may see, by number, title and text.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { Link, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { FoundMatter, FoundPart } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { matterAddress } from "../parts/matter-list";
import { Failed, Nothing, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { time } from "../ui/format";
import { clearable } from "../ui/words";

/** Documents are looked back on for so many years; older ones by all years. */
const YEARS = 10;

/** What is looked for. */
interface Sought {
  q: string;
  kind: string;
  year: string;
}

export function SearchPage() {
  const [address, setAddress] = useSearchParams();
  const word = (name: string) => address.get(name) ?? "";
  const sought: Sought = { q: word("q"), kind: word("kind"), year: word("year") };
  const change = (next: Partial<Sought>) => {
    const kept = Object.entries({ ...sought, ...next }).filter(([, value]) => value !== "");
    setAddress(Object.fromEntries(kept), { replace: next.q === undefined });
  };
  return (
    <Page title={zh.search.title}>
      <search className="bar">
        <SearchBox key={sought.q} q={sought.q} onSearch={(q) => { change({ q }); }} />
        <Filters sought={sought} onChange={change} />
      </search>
      {sought.q === ""
        ? <Nothing text={zh.search.begin} />
        : <Results key={JSON.stringify(sought)} sought={sought} />}
    </Page>
  );
}

/** The box into which a number, a title or words are typed. */
function SearchBox({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  return (
    <Input.Search
      className="search-box"
      aria-label={zh.search.box}
      placeholder={zh.search.hint}
      defaultValue={q}
      autoFocus={q === ""}
      allowClear={clearable}
      maxLength={200}
      onSearch={(text) => { onSearch(text.trim()); }}
    />
  );
}

function Filters({ sought, onChange }: {
  sought: Sought;
  onChange: (next: Partial<Sought>) => void;
}) {
  const kinds = Object.values(zh.type).map((name) => ({ value: name, label: name }));
  const now = new Date().getFullYear();
  const years = Array.from({ length: YEARS }, (_, back) => now - back);
  return (
    <>
      <Select
        className="search-filter"
        aria-label={zh.search.kind}
        value={sought.kind}
        options={[{ value: "", label: zh.search.anyKind }, ...kinds]}
        onChange={(kind) => { onChange({ kind }); }}
      />
      <Select
        className="search-filter"
        aria-label={zh.search.year}
        value={sought.year}
        options={[
          { value: "", label: zh.search.anyYear },
          ...years.map((year) => ({ value: String(year), label: zh.search.yearOf(year) })),
        ]}
        onChange={(year) => { onChange({ year }); }}
      />
    </>
  );
}

function Results({ sought }: { sought: Sought }) {
  const { q, kind, year } = sought;
  const found = useInfiniteQuery({
    queryKey: ["search", sought],
    queryFn: ({ pageParam }) => calls.search({
      q,
      ...(kind !== "" && { kind }),
      ...(year !== "" && { from: `${year}-01-01`, to: `${year}-12-31` }),
      ...(pageParam !== undefined && { cursor: pageParam }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (found.isPending) return <Waiting />;
  if (found.isLoadingError) {
    return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  }
  const items = found.data.pages.flatMap((page) => page.items);
  const behind = found.data.pages[0]?.behind ?? 0;
  const empty = found.hasNextPage ? zh.search.emptySoFar : zh.search.empty;
  return (
    <>
      {behind > 0 && <p className="notice" role="status">{zh.search.behind(behind)}</p>}
      {items.length === 0
        ? <Nothing text={empty} />
        : (
          <ul className="matters" aria-label={zh.search.results}>
            {items.map((one) => <li key={`${one.kind}:${one.id}`}><Result one={one} /></li>)}
          </ul>
        )}
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {items.length === 0 ? zh.search.goOn : zh.common.more}
        </Button>
      )}
    </>
  );
}

function Result({ one }: { one: FoundMatter }) {
  const { who } = useSession();
  const drafts = who.posts.some((post) => post.duties.includes("drafter"));
  const number = one.number.length > 0;
  return (
    <article className="hit">
      <h2 className="hit-title">
        <Link to={matterAddress(one.kind, one.id)}><Marked parts={one.title} /></Link>
      </h2>
      <p className="hit-line">
        <b>{number ? <Marked parts={one.number} /> : one.kind === "document" && zh.search.draft}</b>
        <span>{one.unit}</span>
        {one.sort !== "" && <span>{one.sort}</span>}
        {one.kind === "incoming" && <span className="tag tone-blue">{zh.search.incoming}</span>}
        <time dateTime={new Date(one.time_ms).toISOString()}>{time(one.time_ms)}</time>
        {drafts && one.kind === "document" && (
          <Link to={`/documents/new?from=${encodeURIComponent(one.id)}`}>{zh.search.from}</Link>
        )}
      </p>
      {one.snippet.length > 0 && <p className="hit-text"><Marked parts={one.snippet} /></p>}
    </article>
  );
}

/** A text in which what was looked for is marked. */
function Marked({ parts }: { parts: FoundPart[] }) {
  return parts.map((part, place) =>
    part.hit ? <mark key={place}>{part.text}</mark> : <span key={place}>{part.text}</span>);
}
