// What a new document begins with when it answers or replaces another.
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { calls } from "../api/calls";
import type { DocumentView, IncomingView } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { emptyHead, type HeadDraft } from "./head-draft";

/** 请示 is answered by a 批复, everything else by a 函 (条例 第八条). */
export function replyHead(view: IncomingView, unit: string): HeadDraft {
  const isRequest = view.type_name === zh.type.request_for_instruction;
  const about = /关于(.+)的[^的]+$/.exec(view.title)?.[1] ?? `《${view.title}》`;
  const type = isRequest ? zh.type.reply_to_request : `复${zh.type.letter}`;
  return {
    ...emptyHead,
    title: zh.handling.replyTitle(unit, about, type),
    document_type: isRequest ? "reply_to_request" : "letter",
    recipients: [{ id: view.sender_id, name: view.sender }],
    answers: { receipt: view.id, title: view.title, number: view.number },
  };
}

export function correctionHead(view: DocumentView): HeadDraft {
  return {
    ...emptyHead,
    title: `${view.unit.name}${zh.handling.correctTitle(view.head.title)}`,
    document_type: "notice",
    recipients: view.recipients,
    copies: view.copies,
    replaces: view.id,
  };
}

/** The head to begin with, its draft's name, and whether it is known yet. */
export function usePreset(unit: string) {
  const [asked] = useSearchParams();
  const answers = asked.get("answers") ?? "";
  const replaces = asked.get("replaces") ?? "";
  const query = useQuery({
    queryKey: ["preset", answers, replaces],
    queryFn: async () => {
      if (answers !== "") return replyHead(await calls.incoming(answers), unit);
      return correctionHead(await calls.document(replaces));
    },
    enabled: answers !== "" || replaces !== "",
    staleTime: Infinity,
  });
  const about = answers !== "" ? answers : replaces;
  return { head: query.data ?? emptyHead, about, pending: query.isLoading, error: query.error };
}
