// What one must know of pages that they do not show: fonts, substituted characters, signatures.
import { useQuery } from "@tanstack/react-query";
import { calls } from "../api/calls";
import type { PagesView, PrintView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import type { PageSource } from "./page-source";

interface Props {
  source: PageSource;
  view: PagesView;
  searching: boolean;
}

export function PageNotes({ source, view, searching }: Props) {
  const document = source.printed;
  const print = useQuery({
    queryKey: ["document", document, "print"],
    queryFn: () => calls.print(document ?? ""),
    enabled: document !== undefined,
  });
  const notes = [...(print.data === undefined ? [] : ofPrint(print.data)), ...ofFile(source, view)];
  const shown = notes.filter(([, texts]) => texts.length > 0);
  return (
    <div className="viewer-notes">
      {searching && !view.whole_text && <p className="amber">{zh.pages.partText}</p>}
      <dl aria-label={zh.pages.notes}>
        {shown.map(([name, texts]) => (
          <div key={name}>
            <dt>{name}</dt>
            {texts.map((text) => <dd key={text}>{text}</dd>)}
          </div>
        ))}
      </dl>
    </div>
  );
}

type Note = [string, string[]];

function joined(words: readonly string[]): string[] {
  return words.length === 0 ? [] : [words.join("、")];
}

/** Nor can a screen show what no font has. */
function withCode(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `${character}（U+${code}）`;
}

function ofPrint(print: PrintView): Note[] {
  const substituted = print.substituted.map((one) => `${one.character}（${one.family}）`);
  return [
    print.sent
      ? [zh.pages.sent, [zh.pages.sentNote]]
      : [zh.pages.proof, [zh.pages.proofNote]],
    [zh.pages.fonts, joined(print.families)],
    [zh.pages.substituted, joined(substituted)],
    [zh.pages.missing, joined(print.missing.map(withCode))],
    [zh.pages.remarks, print.remarks],
  ];
}

function ofFile(source: PageSource, view: PagesView): Note[] {
  const [carried, named] = [true, false].map((embedded) => {
    const fonts = view.fonts.filter((font) => font.embedded === embedded);
    return joined([...new Set(fonts.map((font) => font.name))]);
  });
  const seals = view.signatures.map(zh.pages.signature);
  // Of a PDF only its pages are read, not what was signed.
  const readsSeals = source.ofd !== undefined || source.printed !== undefined;
  return [
    [zh.pages.seals, seals.length === 0 && readsSeals ? [zh.pages.unsealed] : seals],
    [zh.pages.fonts, source.printed === undefined ? carried ?? [] : []],
    [zh.pages.named, named ?? []],
    [zh.pages.attachments, joined(view.attachments)],
    [zh.pages.unread, [...new Set(view.notes)]],
  ];
}
