// The names of the units, posts and people that a form's fields point to.
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { calls } from "../api/calls";
import type { Reference } from "../parts/form-values";

async function nameOf(kind: Reference, id: string): Promise<string> {
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

const key = (kind: Reference, id: string) => ["name", kind, id];

/** The names, in order; an id stands for a name that is not known. */
export function useNames(kind: Reference, ids: string[]): string[] {
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
  return (kind: Reference, id: string, name: string) => {
    cache.setQueryData(key(kind, id), name);
  };
}
