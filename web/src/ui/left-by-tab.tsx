// Leaving a list of several choices by the keyboard.
import type { KeyboardEvent, ReactNode } from "react";

function leave(event: KeyboardEvent): void {
  if (event.key === "Tab") event.stopPropagation();
}

/** Around a choice of several: on Tab the library would take the option in sight, and stay. */
export function LeftByTab({ children }: { children: ReactNode }) {
  return <div className="left-by-tab" onKeyDownCapture={leave}>{children}</div>;
}
