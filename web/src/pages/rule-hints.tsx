// 行文提示: what the rules would say of what is being written, once one rests.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { calls } from "../api/calls";
import { newActId } from "../api/client";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { Fold, useFolds } from "../parts/fold";
import { RuleFindings } from "../parts/rule-findings";
import { useSession } from "../shell/session";
import type { Written } from "./document-editor";
import { headOf } from "./head-draft";

/** Long enough not to ask at every key. */
const WAIT_MS = 800;

interface Props {
  written: Written;
  /** The document's key, once it has one. */
  document: string | undefined;
}

export function RuleHints({ written, document }: Props) {
  const { post } = useSession();
  const still = useDelayed(written, WAIT_MS);
  // A long text is no name for what is asked: every rest has its own.
  const rest = useMemo(() => ({ still, id: newActId() }), [still]);
  const isBegun = still.head.title.trim() !== "";
  const found = useQuery({
    queryKey: ["rules", rest.id],
    queryFn: ({ signal }) => calls.rulesWhileWriting({
      as_post: post?.id ?? "",
      head: headOf(still.head),
      body: still.body,
      ...(document !== undefined && { document }),
    }, signal),
    enabled: isBegun && post !== undefined,
    placeholderData: (before) => before,
    gcTime: 0,
    retry: false,
  });
  const fold = useFolds<"" | "hints">("");
  const findings = isBegun ? found.data : undefined;
  const count = findings?.length ?? 0;
  return (
    <div className="hints">
      <Fold title={zh.rule.hints} {...fold("hints")}
        note={findings === undefined ? undefined : zh.rule.hintsCount(count)}>
        {findings === undefined && <p className="soft">{zh.rule.waiting}</p>}
        {findings !== undefined && count === 0 && <p className="soft">{zh.rule.none}</p>}
        {findings !== undefined && count > 0 && <RuleFindings findings={findings} />}
      </Fold>
    </div>
  );
}
