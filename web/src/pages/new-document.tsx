// 起草公文
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { Failed, Waiting } from "../parts/standing-states";
import { Page } from "../shell/page";
import { useSession } from "../shell/session";
import { zh } from "../i18n/zh-cn";
import { DocumentEditor, type Written } from "./document-editor";
import { areaOf } from "./area";
import { headOf } from "./head-draft";
import { Start } from "./new-start";
import { usePreset } from "./preset";

export function NewDocumentPage() {
  const { who, post } = useSession();
  const go = useNavigate();
  // One page begins one document, however often the button is pressed.
  const [actId] = useState(newActId);
  const below = areaOf(post?.unit_id);
  const preset = usePreset(post);
  const begin = useMutation({
    mutationFn: ({ head, body }: Written) =>
      calls.begin({ act_id: actId, as_post: post?.id ?? "", head: headOf(head), body }),
    onSuccess: (done) => void go(`/documents/${encodeURIComponent(done.id ?? "")}`),
  });
  if (preset.pending) return <Waiting />;
  if (preset.error !== null) return <Failed error={preset.error} />;
  return (
    <Page title={zh.document.new} tools={<Start way={preset.way} about={preset.about} />}>
      <DocumentEditor
        key={preset.about}
        draftKey={`${who.person}.new${preset.about === "" ? "" : `.${preset.about}`}`}
        initial={{ head: preset.head, body: preset.body, base: 0 }}
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
