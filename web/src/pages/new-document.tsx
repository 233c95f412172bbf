// 起草公文
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { Failed, Waiting } from "../parts/standing-states";
import { useSession } from "../shell/session";
import { zh } from "../i18n/zh-cn";
import { DocumentEditor, type Written } from "./document-editor";
import { areaOf } from "./area";
import { headOf } from "./head-draft";
import { Start } from "./new-start";
import { usePreset } from "./preset";
import { attachAll } from "./word-annexes";

interface Beginning {
  written: Written;
  files: readonly File[];
}

export function NewDocumentPage() {
  const { who, post } = useSession();
  const go = useNavigate();
  // One page begins one document, however often the button is pressed.
  const [actId] = useState(newActId);
  const below = areaOf(post?.unit_id);
  const preset = usePreset(post);
  const begin = useMutation({
    mutationFn: async ({ written: { head, body }, files }: Beginning) => {
      const as_post = post?.id ?? "";
      const done = await calls.begin({ act_id: actId, as_post, head: headOf(head), body });
      await attachAll(done.id ?? "", as_post, files);
      return done;
    },
    onSuccess: (done) => void go(`/documents/${encodeURIComponent(done.id ?? "")}`),
  });
  if (preset.pending) return <Waiting />;
  if (preset.error !== null) return <Failed error={preset.error} />;
  return (
    <DocumentEditor
      key={preset.about}
      title={zh.document.new}
      start={<Start way={preset.way} about={preset.about} />}
      draftKey={`${who.person}.new${preset.about === "" ? "" : `.${preset.about}`}`}
      initial={{ head: preset.head, body: preset.body, base: 0 }}
      unit={post?.unit_id}
      below={below}
      busy={begin.isPending}
      error={begin.error}
      onSave={(written, files) => begin.mutateAsync({ written, files })}
      onCancel={() => void go("/inbox")}
    />
  );
}
