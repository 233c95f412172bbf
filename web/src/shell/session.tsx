// Who is signed in and from which post he acts now.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { calls } from "../api/calls";
import { onSignedOut, onUnproved } from "../api/client";
import { asProblem } from "../api/problem";
import type { PostView, Who } from "../api/types";
import { Failed, Waiting } from "../parts/standing-states";
import { type Again, SignInAgain } from "./sign-in";

interface Session {
  who: Who;
  /** None for somebody without a post. */
  post: PostView | undefined;
  choose: (post: string) => void;
  /** The server no longer knows this session; the page waits for a new sign-in. */
  expired: boolean;
}

const Context = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error("a page was shown outside the session");
  return session;
}

const postKey = (person: string) => `lingnan.post.${person}`;

interface ProvidedProps {
  who: Who;
  expired: boolean;
  children: ReactNode;
}

function Provided({ who, expired, children }: ProvidedProps) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(postKey(who.person)));
  const post = who.posts.find((one) => one.id === chosen) ?? who.posts[0];
  const session = useMemo(() => ({
    who,
    post,
    expired,
    choose: (id: string) => {
      localStorage.setItem(postKey(who.person), id);
      setChosen(id);
    },
  }), [who, post, expired]);
  return <Context value={session}>{children}</Context>;
}

/** Shows its children to whom is signed in; others go to the sign-in page and come back. */
export function Guarded({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const place = useLocation();
  const who = useQuery({ queryKey: ["session"], queryFn: calls.who, staleTime: Infinity });
  const [again, setAgain] = useState<Again>();
  useEffect(() => onSignedOut(() => { setAgain("expired"); }), []);
  useEffect(() => onUnproved(() => { setAgain("unproved"); }), []);
  if (who.isPending) return <Waiting />;
  if (who.data === undefined) {
    if (!asProblem(who.error).isSignedOut) {
      return <Failed error={who.error} onRetry={() => void who.refetch()} />;
    }
    const next = encodeURIComponent(place.pathname + place.search);
    return <Navigate replace to={`/login?next=${next}`} />;
  }
  const { person } = who.data;
  const enter = (next: Who) => {
    // What the one saw is not for the other.
    if (next.person !== person) cache.removeQueries({ predicate: isNotSession });
    cache.setQueryData(["session"], next);
    setAgain(undefined);
    void cache.invalidateQueries({ predicate: isNotSession });
  };
  const leave = () => {
    if (again === "unproved") {
      setAgain(undefined);
      return;
    }
    // A whole new page: nothing of the old session is left in this one.
    window.location.assign("/login");
  };
  return (
    <Provided key={person} who={who.data} expired={again === "expired"}>
      {children}
      {again !== undefined && <SignInAgain why={again} onEnter={enter} onLeave={leave} />}
    </Provided>
  );
}

function isNotSession({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== "session";
}
