// Reading a list to its end, page by page.

interface Page<T> {
  items: T[];
  next?: string | null;
}

/** All of a list, or its first `most` rows; `more` says whether that left some out. */
export async function allPages<T>(
  read: (cursor?: string) => Promise<Page<T>>,
  most: number,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return { items: items.slice(0, most), more: cursor !== undefined || items.length > most };
}
