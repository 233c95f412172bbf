// CodeMirror, as far as texts of processes and forms need it.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useEffectEvent, useRef } from "react";
import { nonce } from "../ui/nonce";
import { color } from "../ui/theme";

export interface CodeMistake {
  /** From 1. */
  line: number;
  /** From 1; 0 for the whole line. */
  column: number;
  message: string;
}

/** A line to go to; the number makes the same line a new wish. */
export interface Jump {
  line: number;
  wish: number;
}

export interface CodeProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  mistakes: readonly CodeMistake[];
  jump?: Jump | undefined;
  /** Tells the line of the cursor when it changes. */
  onLine?: ((line: number) => void) | undefined;
}

const WORDS = new Set((
  "process in basis limit extend calendar retention no_archive dedupe start by step vote any " +
  "first seq claim not due warn yellow red pause back none reject self empty up admin pass after " +
  "write require hide noadd noproxy sign mandatory irreversible when par and choose else loop " +
  "until max auto do cc receipt gate call of each async wait for event end true false null"
).split(" "));

const notation = StreamLanguage.define<object>({
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.sol() && stream.match(/^\s*#.*/)) return "comment";
    if (stream.match(/^#.*/) && stream.column() === 0) return "comment";
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?(?:wd|min|mo|h|d|y|%)?/)) return "number";
    const word = stream.match(/^[a-z_]+/) as RegExpMatchArray | null;
    if (word !== null) return WORDS.has(word[0]) ? "keyword" : null;
    stream.next();
    return null;
  },
});

const colors = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.keyword, color: color.blue },
  { tag: tags.string, color: color.green },
  { tag: tags.number, color: color.amber },
  { tag: tags.comment, color: color.inkSoft },
]));

/** On a phone a line wraps at the width; the look is the page's. */
const look = EditorView.theme({
  "&": { fontSize: "13px", backgroundColor: color.paper, border: `1px solid ${color.line}`, borderRadius: "4px" },
  "&.cm-focused": { outline: `2px solid ${color.blue}`, outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: 'ui-monospace, "Noto Sans Mono CJK SC", monospace',
    lineHeight: "1.6",
    height: "min(520px, 60vh)",
  },
  ".cm-gutters": { color: color.inkSoft, backgroundColor: color.desk },
  ".cm-activeLine": { backgroundColor: "#f2f6fb" },
  ".cm-activeLineGutter": { backgroundColor: "#e6edf5" },
});

function place(text: Text, { line, column, message }: CodeMistake) {
  const at = text.line(Math.min(Math.max(line, 1), text.lines));
  const from = column === 0 ? at.from : Math.min(at.from + column - 1, at.to);
  return { from, to: Math.max(from, at.to), severity: "error" as const, message };
}

export function CodeMirror(props: CodeProps) {
  const { label, value, mistakes, jump } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const line = useRef(0);
  const written = useEffectEvent((text: string) => { props.onChange(text); });
  const stands = useEffectEvent((now: number) => { props.onLine?.(now); });
  const began = useEffectEvent(() => value);

  useEffect(() => {
    if (box.current === null) return undefined;
    const given = nonce();
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: began(),
        extensions: [
          lineNumbers(), lintGutter(), highlightActiveLine(), highlightActiveLineGutter(),
          drawSelection(), history(), notation, colors, look, EditorView.lineWrapping,
          // Tab leaves the field, as everywhere on the page.
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.contentAttributes.of({
            "aria-label": label, spellcheck: "false", tabindex: "0",
          }),
          ...(given === undefined ? [] : [EditorView.cspNonce.of(given)]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) written(update.state.doc.toString());
            if (!update.docChanged && !update.selectionSet) return;
            const now = update.state.doc.lineAt(update.state.selection.main.head).number;
            if (now !== line.current) stands(now);
            line.current = now;
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = undefined;
      made.destroy();
    };
  }, [label]);

  // What another way of editing wrote comes in here; what was typed here stands already.
  useEffect(() => {
    const now = view.current;
    if (now === undefined || now.state.doc.toString() === value) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const now = view.current;
    if (now === undefined) return;
    now.dispatch(setDiagnostics(now.state, mistakes.map((one) => place(now.state.doc, one))));
  }, [mistakes]);

  useEffect(() => {
    const now = view.current;
    if (now === undefined || jump === undefined) return;
    const { from } = now.state.doc.line(Math.min(Math.max(jump.line, 1), now.state.doc.lines));
    now.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    now.focus();
  }, [jump]);

  return <div ref={box} className="code-editor" />;
}
