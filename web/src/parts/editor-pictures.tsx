// Pictures of the editor: brought by a button, pasted or dropped; described before they stand there.
import { useMutation } from "@tanstack/react-query";
import type { Editor } from "@tiptap/react";
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { zh } from "../i18n/zh-cn";
import { type Described, PictureDialog } from "./picture-dialog";
import { type PictureFile, prepared, Unfit } from "./picture-file";

/** Where pictures go and where they are. */
export interface Pictures {
  upload: (file: File) => Promise<{ digest: string }>;
  address: (digest: string) => string;
}

/** The pictures among files that were pasted or dropped. */
export function picturesOf(data: DataTransfer | null): File[] {
  // What a word processor copies is text, whatever pictures of it lie beside.
  if (data?.getData("text/plain") !== "") return [];
  return Array.from(data.files).filter((file) => file.type.startsWith("image/"));
}

export function usePictures() {
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const [editing, setEditing] = useState(false);
  return {
    next: waiting[0],
    /** Counts them down, so that each is asked about by itself. */
    left: waiting.length,
    editing,
    edit: () => { setEditing(true); },
    take: (files: readonly File[]) => { setWaiting((now) => [...now, ...files]); },
    done: () => {
      setWaiting((now) => now.slice(1));
      setEditing(false);
    },
  };
}

/** After the block where one writes, or in place of it when it is empty. */
export function put(editor: Editor, attrs: Described & { digest: string }): void {
  const { doc, selection } = editor.state;
  const { $from } = selection;
  const top = $from.depth > 0 ? $from.node(1) : undefined;
  const after = top === undefined ? selection.to : $from.after(1);
  const from = top?.isTextblock === true && top.content.size === 0 ? $from.before(1) : after;
  const picture = { type: "image", attrs };
  const last = after === doc.content.size;
  // One goes on writing below it.
  const chain = editor.chain();
  if (last) {
    const blocks = [picture, { type: "paragraph" }];
    chain.insertContentAt({ from, to: after }, blocks).setTextSelection(from + 2).run();
  } else {
    chain.insertContentAt({ from, to: after }, picture).setNodeSelection(from).run();
  }
}

interface Props {
  editor: Editor;
  pictures: Pictures;
  standing: ReturnType<typeof usePictures>;
}

/** What asks keeps the pen to itself until it is gone. */
function usePenBack(editor: Editor) {
  useEffect(() => () => { editor.commands.focus(); }, [editor]);
}

export function EditorPictures({ editor, pictures, standing }: Props) {
  const { next, left, editing, done } = standing;
  if (next !== undefined) {
    return <Bring key={left} editor={editor} file={next} pictures={pictures} onClose={done} />;
  }
  return editing ? <Change editor={editor} pictures={pictures} onClose={done} /> : null;
}

function Change({ editor, pictures, onClose }: Omit<Bringing, "file">) {
  usePenBack(editor);
  const { digest, ...described } = editor.getAttributes("image") as Described & { digest: string };
  return (
    <PictureDialog src={pictures.address(digest)} initial={described} ok={zh.picture.keep}
      busy={false} error={undefined} onClose={onClose}
      onDone={(told) => {
        editor.commands.updateAttributes("image", told);
        onClose();
      }} />
  );
}

interface Bringing {
  editor: Editor;
  file: File;
  pictures: Pictures;
  onClose: () => void;
}

function Bring({ editor, file, pictures, onClose }: Bringing) {
  const [read, setRead] = useState<PictureFile | Unfit>();
  usePenBack(editor);
  useEffect(() => {
    prepared(file).then(setRead, (error: unknown) => {
      setRead(error instanceof Unfit ? error : new Unfit("unreadable"));
    });
  }, [file]);
  const upload = useMutation({
    mutationFn: async ({ file, ...told }: Described & { file: File }) => {
      const { digest } = await pictures.upload(file);
      put(editor, { digest, ...told });
      onClose();
    },
  });
  if (read === undefined) return null;
  if (read instanceof Unfit) {
    return (
      <Modal open title={zh.picture.title} footer={null} onCancel={onClose}>
        <p className="red" role="alert">{zh.picture[read.why]}</p>
      </Modal>
    );
  }
  return (
    <PictureDialog src={read.src} initial={{ description: "", width_mm: read.width }}
      ok={zh.picture.put} busy={upload.isPending} error={upload.error}
      onDone={(told) => { upload.mutate({ ...told, file: read.file }); }} onClose={onClose} />
  );
}
