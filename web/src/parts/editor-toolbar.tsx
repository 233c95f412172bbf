// The editor's buttons.
import {
  BoldOutlined,
  ItalicOutlined,
  PictureOutlined,
  RedoOutlined,
  TableOutlined,
  UnderlineOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { type Editor, useEditorState } from "@tiptap/react";
import { Button, Select } from "antd";
import { type ReactNode, useRef } from "react";
import { zh } from "../i18n/zh-cn";

const levels = [1, 2, 3, 4] as const;

function state({ editor }: { editor: Editor }) {
  return {
    level: levels.find((level) => editor.isActive("heading", { level })) ?? 0,
    bold: editor.isActive("bold"),
    italic: editor.isActive("italic"),
    underline: editor.isActive("underline"),
    table: editor.isActive("table"),
    picture: editor.isActive("image"),
    undo: editor.can().undo(),
    redo: editor.can().redo(),
  };
}

/** What a browser can draw; what it is kept as is seen to afterwards. */
const DRAWN = "image/png,image/jpeg,image/webp,image/bmp,image/gif";

interface Props {
  editor: Editor;
  /** Files were chosen. */
  onPictures: (files: readonly File[]) => void;
  /** The chosen picture is to be described anew. */
  onPicture: () => void;
}

export function EditorToolbar({ editor, onPictures, onPicture }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const now = useEditorState({ editor, selector: state });
  const run = () => editor.chain().focus();
  const setLevel = (value: number) => {
    const level = levels.find((one) => one === value);
    if (level === undefined) run().setParagraph().run();
    else run().setHeading({ level }).run();
  };
  const insertTable = () => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
  const options = [0, ...levels].map((level) => ({
    value: level,
    label: level === 0 ? zh.editor.paragraph : zh.editor.heading(level),
  }));
  return (
    <div className="editor-bar" role="toolbar" aria-label={zh.editor.toolbar}>
      <Select
        aria-label={zh.editor.block}
        value={now.level}
        options={options}
        // Also where the same is chosen again: the pen goes back to the text.
        onSelect={setLevel}
        className="editor-level"
      />
      <Tool name={zh.editor.bold} icon={<BoldOutlined />} on={now.bold}
        onClick={() => run().toggleBold().run()} />
      <Tool name={zh.editor.italic} icon={<ItalicOutlined />} on={now.italic}
        onClick={() => run().toggleItalic().run()} />
      <Tool name={zh.editor.underline} icon={<UnderlineOutlined />} on={now.underline}
        onClick={() => run().toggleUnderline().run()} />
      <Tool name={zh.editor.table} icon={<TableOutlined />} off={now.table} onClick={insertTable} />
      <input ref={input} type="file" accept={DRAWN} multiple hidden aria-label={zh.picture.insert}
        onChange={(event) => {
          onPictures(Array.from(event.target.files ?? []));
          event.target.value = "";
        }} />
      <Tool name={zh.picture.insert} icon={<PictureOutlined />} off={now.table}
        onClick={() => input.current?.click()} />
      <Tool name={zh.editor.undo} icon={<UndoOutlined />} off={!now.undo}
        onClick={() => run().undo().run()} />
      <Tool name={zh.editor.redo} icon={<RedoOutlined />} off={!now.redo}
        onClick={() => run().redo().run()} />
      {now.table && <TableTools editor={editor} />}
      {now.picture && (
        <>
          <Button size="small" onClick={onPicture}>{zh.picture.edit}</Button>
          <Button size="small" onClick={() => run().deleteSelection().run()}>
            {zh.picture.remove}
          </Button>
        </>
      )}
    </div>
  );
}

function TableTools({ editor }: { editor: Editor }) {
  const run = () => editor.chain().focus();
  return (
    <>
      <Button size="small" onClick={() => run().addRowAfter().run()}>{zh.editor.addRow}</Button>
      <Button size="small" onClick={() => run().addColumnAfter().run()}>
        {zh.editor.addColumn}
      </Button>
      <Button size="small" onClick={() => run().deleteRow().run()}>{zh.editor.deleteRow}</Button>
      <Button size="small" onClick={() => run().deleteColumn().run()}>
        {zh.editor.deleteColumn}
      </Button>
      <Button size="small" onClick={() => run().deleteTable().run()}>
        {zh.editor.deleteTable}
      </Button>
    </>
  );
}

interface ToolProps {
  name: string;
  icon: ReactNode;
  on?: boolean;
  off?: boolean;
  onClick: () => void;
}

function Tool({ name, icon, on, off, onClick }: ToolProps) {
  return (
    <Button
      type={on === true ? "primary" : "text"}
      ghost={on === true}
      aria-label={name}
      title={name}
      {...(on !== undefined && { "aria-pressed": on })}
      disabled={off === true}
      icon={icon}
      onClick={onClick}
    />
  );
}
