// A text with line numbers and its mistakes beside them; the library comes when one writes.
import { lazy, Suspense } from "react";
import type { CodeProps } from "./code-mirror";
import { Waiting } from "./standing-states";

const CodeMirror = lazy(async () => ({ default: (await import("./code-mirror")).CodeMirror }));

export function CodeEditor(props: CodeProps) {
  return <Suspense fallback={<Waiting />}><CodeMirror {...props} /></Suspense>;
}
