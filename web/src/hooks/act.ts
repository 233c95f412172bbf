// Sending an act: the same id goes out on every retry, so that a second press does nothing twice.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { newActId } from "../api/client";
import { asProblem } from "../api/problem";
import type { ActEnvelope, Done } from "../api/types";

interface Sending<R> {
  as_post: string;
  /** Absent where the request itself says what it builds on. */
  seen?: number;
  request: R;
}

type Send<R> = (envelope: ActEnvelope<R>) => Promise<Done>;

/** `key` names what to fetch again when the act is done. */
export function useAct<R>(key: readonly string[], send: Send<R>) {
  const cache = useQueryClient();
  const last = useRef<{ text: string; id: string }>(undefined);
  return useMutation({
    mutationFn: (sending: Sending<R>) => {
      const text = JSON.stringify(sending);
      if (last.current?.text !== text) last.current = { text, id: newActId() };
      return send({ act_id: last.current.id, ...sending });
    },
    onError: (error) => {
      // A refusal was an answer; only an act that may or may not have arrived is asked again.
      const { status } = asProblem(error).body;
      if (status !== 0 && status < 500) last.current = undefined;
    },
    onSuccess: async () => {
      last.current = undefined;
      void cache.invalidateQueries({ queryKey: ["inbox"] });
      await cache.invalidateQueries({ queryKey: key });
    },
  });
}
