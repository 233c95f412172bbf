// Signing in, and signing in again over the page that one was at.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { calls } from "../api/calls";
import { signIn } from "../api/passkeys";
import { asProblem } from "../api/problem";
import type { Who } from "../api/types";
import { useDelayed } from "../hooks/delayed";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { type Credentials, DemoPeople, type DemoSearch, LoginForm } from "../parts/sign-in-forms";

const WAIT_MS = 200;

/** Looks for others among the people of the demonstration, once the typing rests. */
export function useDemoSearch(): DemoSearch {
  const [q, onSearch] = useState("");
  const still = useDelayed(q.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ["demo", still],
    queryFn: ({ signal }) => calls.findDemoPeople(still, signal),
    enabled: still !== "",
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  return { q, found: found.data, error: found.error, onSearch };
}

/** Both ways in, and the people whom the demonstration offers. */
export function useSignIn(onEnter: (who: Who) => void) {
  const people = useQuery({ queryKey: ["demo"], queryFn: calls.demoPeople, staleTime: Infinity });
  const byName = useMutation({
    mutationFn: (asked: Credentials) => signIn(asked.username, asked.password),
    onSuccess: onEnter,
  });
  const byPress = useMutation({ mutationFn: calls.demoSignIn, onSuccess: onEnter });
  const search = useDemoSearch();
  const error = byName.error ?? byPress.error;
  return { people: people.data ?? [], search, byName, byPress, error };
}

/** Why one signs in again: the session is over, or an act asks for a fresh proof. */
export type Again = "expired" | "unproved";

interface AgainProps {
  why: Again;
  onEnter: (who: Who) => void;
  onLeave: () => void;
}

/** Signing in over the page; what stands on it stays where it is. */
export function SignInAgain({ why, onEnter, onLeave }: AgainProps) {
  const { people, search, byName, byPress, error } = useSignIn(onEnter);
  const texts = zh.login[why];
  return (
    <Modal open title={texts.title} footer={null} closable={false} keyboard={false}
      mask={{ closable: false }} width={people.length > 0 ? 760 : 420}>
      <div className="again">
        <p className="soft">{texts.note}</p>
        <LoginForm busy={byName.isPending} onSubmit={byName.mutate} />
        {error !== null && <ProblemNote problem={asProblem(error)} />}
        {people.length > 0 && (
          <DemoPeople people={people} search={search} busy={byPress.isPending}
            onChoose={byPress.mutate} />
        )}
        <Button type="link" onClick={onLeave}>{texts.leave}</Button>
      </div>
    </Modal>
  );
}
