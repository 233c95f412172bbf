// Keeps what one writes on this machine until the server has it: an expired session loses nothing.
// Every tab keeps its own text in a slot of its own; what a closed tab left is found by the next.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { newActId } from "../api/client";
import { useOtherTabs } from "./tabs";

const PREFIX = "lingnan.draft.";
/** Long enough not to write on every key, short enough to lose no sentence. */
const WAIT_MS = 500;

export interface Kept<T> {
  time_ms: number;
  value: T;
}

/** What another tab left behind. */
export interface Left<T> extends Kept<T> {
  slot: string;
}

const place = (key: string, slot: string) => `${PREFIX}${key}#${slot}`;

export function readDraft<T>(key: string, slot: string): Kept<T> | undefined {
  try {
    const text = localStorage.getItem(place(key, slot));
    return text === null ? undefined : (JSON.parse(text) as Kept<T>);
  } catch {
    return undefined;
  }
}

/** Whether there was room for it. */
export function writeDraft(key: string, slot: string, kept: Kept<unknown>): boolean {
  try {
    localStorage.setItem(place(key, slot), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key: string, slot: string): void {
  localStorage.removeItem(place(key, slot));
}

/** All that is kept of a draft, the newest first. */
export function keptDrafts<T>(key: string): Left<T>[] {
  const start = place(key, "");
  const slots = Object.keys(localStorage).filter((name) => name.startsWith(start));
  return slots
    .flatMap((name) => {
      const slot = name.slice(start.length);
      const kept = readDraft<T>(key, slot);
      return kept === undefined ? [] : [{ ...kept, slot }];
    })
    .sort((one, other) => other.time_ms - one.time_ms);
}

/** Writes after a moment's rest, and at once when the page goes. */
function useWriter(write: (value: unknown) => void) {
  const pending = useRef<{ timer: number; value: unknown }>(undefined);
  const cancel = useCallback(() => {
    window.clearTimeout(pending.current?.timer);
    pending.current = undefined;
  }, []);
  const flush = useCallback(() => {
    const waiting = pending.current;
    cancel();
    if (waiting !== undefined) write(waiting.value);
  }, [write, cancel]);
  const later = useCallback((value: unknown) => {
    cancel();
    pending.current = { timer: window.setTimeout(flush, WAIT_MS), value };
  }, [flush, cancel]);
  useEffect(() => {
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush]);
  return { later, flush, cancel };
}

export interface Draft<T> {
  /** What a closed tab left behind, the newest. */
  found: Left<T> | undefined;
  /** When what is written here was last kept. */
  keptMs: number | undefined;
  /** There was no room to keep it. */
  full: boolean;
  /** Another tab has it open. */
  elsewhere: boolean;
  keep: (value: T) => void;
  /** The server has it, or it is given up. */
  drop: () => void;
  /** Gives up what was found. */
  discard: () => void;
  /** Takes up what was found; what was written here lies in its place. */
  take: () => void;
  /** Lays what was written here aside, to be found again. */
  setAside: () => void;
}

export function useDraft<T>(key: string): Draft<T> {
  const [slot] = useState(newActId);
  const [round, setRound] = useState(0);
  const [keptMs, setKeptMs] = useState<number>();
  const [full, setFull] = useState(false);
  const others = useOtherTabs(key, slot);

  const write = useCallback((value: unknown) => {
    const time_ms = Date.now();
    const kept = writeDraft(key, slot, { time_ms, value });
    setFull(!kept);
    if (kept) setKeptMs(time_ms);
  }, [key, slot]);
  const { later, flush, cancel } = useWriter(write);

  // `round` counts what this tab changed in the storage.
  const found = useMemo(
    () => (round >= 0 && others !== undefined
      ? keptDrafts<T>(key).find((one) => one.slot !== slot && !others.has(one.slot))
      : undefined),
    [key, slot, others, round],
  );
  const changed = () => { setRound((count) => count + 1); };

  const drop = () => {
    cancel();
    dropDraft(key, slot);
    setKeptMs(undefined);
  };
  const discard = () => {
    if (found !== undefined) dropDraft(key, found.slot);
    changed();
  };
  const take = () => {
    flush();
    if (found === undefined) return;
    const own = readDraft(key, slot);
    if (own === undefined) dropDraft(key, found.slot);
    else writeDraft(key, found.slot, own);
    writeDraft(key, slot, { time_ms: found.time_ms, value: found.value });
    setKeptMs(found.time_ms);
    changed();
  };
  const setAside = () => {
    flush();
    const own = readDraft(key, slot);
    if (own !== undefined) writeDraft(key, newActId(), own);
    drop();
    changed();
  };
  const elsewhere = others !== undefined && others.size > 0;
  return { found, keptMs, full, elsewhere, keep: later, drop, discard, take, setAside };
}
