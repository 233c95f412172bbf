// Live news: when a matter moves, what shows it is fetched again.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

class Line {
  connected = true;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  };

  setConnected(connected: boolean): void {
    if (this.connected === connected) return;
    this.connected = connected;
    this.listeners.forEach((listener) => { listener(); });
  }
}

export const line = new Line();

export function useConnected(): boolean {
  return useSyncExternalStore(line.subscribe, () => line.connected);
}

/** `matters` are `document:x`, `incoming:y`, or `*` when too many moved at once. */
function refetch(cache: QueryClient, matters: string[]): void {
  void cache.invalidateQueries({ queryKey: ["inbox"] });
  void cache.invalidateQueries({ queryKey: ["messages"] });
  for (const matter of matters) {
    const [kind, key] = matter.split(/:(.*)/s);
    if (matter === "*" || kind === undefined) void cache.invalidateQueries();
    else void cache.invalidateQueries({ queryKey: [kind, key] });
  }
}

/** How long to wait before a stream that the server closed is opened again: at first, at most. */
const WAIT_MS = 1_000;
const WAIT_MS_MAX = 30_000;

/** Listens until told to stop; a browser reopens a broken stream, but not one that was refused. */
export function listen(cache: QueryClient): () => void {
  let source: EventSource;
  let timer = 0;
  let wait_ms = WAIT_MS;
  let broken = false;
  const open = () => {
    source = new EventSource("/api/events");
    source.onopen = () => {
      line.setConnected(true);
      wait_ms = WAIT_MS;
      // What happened while nobody listened is not told again.
      if (broken) void cache.invalidateQueries();
      broken = false;
    };
    source.onerror = () => {
      broken = true;
      line.setConnected(false);
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused: perhaps the session is over, which this call finds out.
      void cache.invalidateQueries({ queryKey: ["session"] });
      timer = window.setTimeout(open, wait_ms);
      wait_ms = Math.min(2 * wait_ms, WAIT_MS_MAX);
    };
    source.addEventListener("moved", (event: MessageEvent) => {
      const matters = String(event.data).split(" ").filter((text) => text !== "");
      refetch(cache, matters);
    });
  };
  open();
  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}

/** Listens as long as somebody is signed in. */
export function useLive(person: string | undefined): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (person === undefined) return;
    return listen(cache);
  }, [person, cache]);
}
