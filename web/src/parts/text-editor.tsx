// The editor of a document's text: four levels of headings, three marks, tables, pictures, nothing
// else.
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Underline } from "@tiptap/extension-underline";
import { Gapcursor, TrailingNode, UndoRedo } from "@tiptap/extensions";
import { EditorContent, useEditor } from "@tiptap/react";
import type { Body } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { nonce } from "../ui/nonce";
import { characters, emptyBody, toBody } from "./body";
import { EditorPictures, type Pictures, picturesOf, usePictures } from "./editor-pictures";
import { EditorToolbar } from "./editor-toolbar";
import { PictureNode } from "./picture-node";

const extensions = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [1, 2, 3, 4] }),
  Bold,
  Italic,
  Underline,
  HardBreak,
  Table,
  TableRow,
  TableHeader.extend({ content: "(paragraph|heading)+" }),
  TableCell.extend({ content: "(paragraph|heading)+" }),
  UndoRedo,
  Gapcursor,
  // Below a table or a picture at the end one goes on writing.
  TrailingNode.configure({ node: "paragraph", notAfter: ["heading"] }),
];

interface Props {
  /** The text to begin with; later changes of it are not taken up while one writes. */
  initial: Body;
  onChange: (body: Body) => void;
  pictures: Pictures;
}

export function TextEditor({ initial, onChange, pictures }: Props) {
  const standing = usePictures();
  const take = (files: readonly File[]) => {
    standing.take(files);
    return files.length > 0;
  };
  const injected = nonce();
  const editor = useEditor({
    extensions: [...extensions, PictureNode.configure({ address: pictures.address })],
    content: (initial.content ?? []).length === 0 ? emptyBody : initial,
    ...(injected !== undefined && { injectNonce: injected }),
    onUpdate: (event) => { onChange(toBody(event.editor.getJSON())); },
    editorProps: {
      attributes: { "aria-label": zh.editor.label, role: "textbox", "aria-multiline": "true" },
      handlePaste: (_, event) => take(picturesOf(event.clipboardData)),
      handleDrop: (_, event, __, moved) => !moved && take(picturesOf(event.dataTransfer)),
    },
  });
  return (
    <div className="editor">
      <EditorToolbar editor={editor} onPictures={standing.take} onPicture={standing.edit} />
      <EditorContent editor={editor} className="editor-page gongwen" />
      <EditorPictures editor={editor} pictures={pictures} standing={standing} />
      <p className="editor-count">{zh.editor.count(characters(toBody(editor.getJSON())))}</p>
    </div>
  );
}
