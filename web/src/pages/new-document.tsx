// 起草公文
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { emptyBody } from "../parts/body";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { zh } from "../i18n/zh-cn";
import { DocumentEditor, type Written } from "./document-editor";
import { areaOf } from "./area";
import { emptyHead, headOf } from "./head-draft";

const blank: Written = { head: emptyHead, body: emptyBody, base: 0 };

export function NewDocumentPage() {
  const { who, post } = useSession();
  const go = useNavigate();
  // One page begins one document, however often the button is pressed.
  const [actId] = useState(newActId);
  const below = areaOf(post?.unit_id);
  const begin = useMutation({
    mutationFn: ({ head, body }: Written) =>
      calls.begin({ act_id: actId, as_post: post?.id ?? "", head: headOf(head), body }),
    onSuccess: (done) => void go(`/documents/${encodeURIComponent(done.id ?? "")}`),
  });
  return (
    <Page title={zh.document.new}>
      <DocumentEditor
        draftKey={`${who.person}.new`}
        initial={blank}
        unit={post?.unit_id}
        below={below}
        busy={begin.isPending}
        error={begin.error}
        onSave={(written) => begin.mutateAsync(written)}
        onCancel={() => void go("/inbox")}
      />
    </Page>
  );
}
