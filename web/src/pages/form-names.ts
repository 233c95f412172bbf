// The names of the units, posts, people and files that a form's fields point to.
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { calls } from "../api/calls";
import { zh } from "../i18n/zh-cn";
import type { Reference } from "../parts/form-values";

/** A file's name is known only from where it was brought or shown. */
type Named = Reference | "file";

async function nameOf(kind: Named, id: string): Promise<string> {
  if (kind === "file") return zh.form.file(id);
  if (kind === "person") {
    const found = await calls.find(id, new AbortController().signal);
    return found.find((one) => one.kind === "person" && one.id === id)?.name ?? id;
  }
  // A post's id is its unit's and its own, with a dot between.
  const unit = kind === "unit" ? id : id.slice(0, id.lastIndexOf("."));
  const card = await calls.unit(unit);
  if (kind === "unit") return card.unit.short_name;
  const post = card.posts.find((one) => one.id === id);
  if (post === undefined) return id;
  return [card.unit.short_name, post.title, post.people.join("、")].join(" ").trim();
}

const key = (kind: Named, id: string) => ["name", kind, id];

/** The names, in order; an id stands for a name that is not known. */
export function useNames(kind: Named, ids: string[]): string[] {
  const queries = ids.map((id) => ({
    queryKey: key(kind, id),
    queryFn: () => nameOf(kind, id),
    staleTime: Infinity,
    retry: false,
  }));
  return useQueries({ queries }).map((one, at) => one.data ?? ids[at] ?? "");
}

/** Keeps a name that was just chosen. */
export function useKeepName() {
  const cache = useQueryClient();
  return (kind: Named, id: string, name: string) => {
    cache.setQueryData(key(kind, id), name);
  };
}
