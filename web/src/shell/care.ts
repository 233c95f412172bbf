// Care mode: everything larger, remembered on this machine.
import { useSyncExternalStore } from "react";

const KEY = "lingnan.care";
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function useCare(): boolean {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(KEY) === "on");
}

export function toggleCare(): void {
  localStorage.setItem(KEY, localStorage.getItem(KEY) === "on" ? "off" : "on");
  listeners.forEach((tell) => { tell(); });
}
