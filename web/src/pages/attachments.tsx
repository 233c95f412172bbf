// Files of a document: shown to all who see it, changed by who may change the text.
import { UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import type { DocumentRequest, DocumentView } from "../api/types";
import { useAct } from "../hooks/act";
import { zh } from "../i18n/zh-cn";
import { AttachmentList } from "../parts/attachment-list";
import { ProblemNote } from "../parts/problem-note";
import { Block } from "../shell/page";
import { useSession } from "../shell/session";

export function Attachments({ view }: { view: DocumentView }) {
  const { post } = useSession();
  const input = useRef<HTMLInputElement>(null);
  const act = useAct<DocumentRequest>(["document", view.id], (envelope) =>
    calls.documentAct(view.id, envelope));
  const mayChange = view.actions.some((one) => one.name === "save" && one.post === post?.id);
  const send = (request: DocumentRequest) =>
    act.mutateAsync({ as_post: post?.id ?? "", seen: view.version, request });
  const attach = useMutation({
    mutationFn: async (file: File) => {
      const { digest } = await calls.upload(file);
      return send({ do: "attach", digest });
    },
  });
  const error = attach.error ?? act.error;
  const tools = mayChange && (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={zh.document.upload}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) attach.mutate(file);
          event.target.value = "";
        }}
      />
      <Button size="small" icon={<UploadOutlined />} loading={attach.isPending}
        onClick={() => input.current?.click()}>
        {attach.isPending ? zh.document.uploading : zh.document.upload}
      </Button>
    </>
  );
  const remove = (digest: string) => { send({ do: "detach", digest }).catch(() => undefined); };
  return (
    <Block title={zh.document.attachments} tools={tools}>
      <AttachmentList document={view.id} attachments={view.attachments} proofs={view.proofs}
        {...(mayChange && { onRemove: remove })} />
      {error !== null && <ProblemNote problem={asProblem(error)} />}
    </Block>
  );
}
