// Keeps what one writes on this machine until the server has it: an expired session loses nothing.
import { useCallback, useEffect, useRef, useState } from "react";

const PREFIX = "lingnan.draft.";
/** Long enough not to write on every key, short enough to lose no sentence. */
const WAIT_MS = 500;

export interface Kept<T> {
  time_ms: number;
  value: T;
}

export function readDraft<T>(key: string): Kept<T> | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as Kept<T>);
  } catch {
    return undefined;
  }
}

export function writeDraft(key: string, kept: Kept<unknown>): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key);
}

/** What was found at first, when it was last kept, and how to keep and drop. */
export function useDraft<T>(key: string) {
  const [found, setFound] = useState(() => readDraft<T>(key));
  const [keptMs, setKeptMs] = useState<number>();
  const pending = useRef<{ timer: number; write: () => void }>(undefined);

  const flush = useCallback(() => {
    const waiting = pending.current;
    if (waiting === undefined) return;
    window.clearTimeout(waiting.timer);
    pending.current = undefined;
    waiting.write();
  }, []);

  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);

  const keep = useCallback((value: T) => {
    window.clearTimeout(pending.current?.timer);
    const write = () => {
      const now = Date.now();
      if (writeDraft(key, { time_ms: now, value })) setKeptMs(now);
    };
    const timer = window.setTimeout(() => { pending.current = undefined; write(); }, WAIT_MS);
    pending.current = { timer, write };
  }, [key]);

  const drop = useCallback(() => {
    window.clearTimeout(pending.current?.timer);
    pending.current = undefined;
    dropDraft(key);
    setFound(undefined);
    setKeptMs(undefined);
  }, [key]);

  return { found, keptMs, keep, drop, forget: () => { setFound(undefined); } };
}
