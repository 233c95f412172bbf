// Who is signed in and from which post he acts now.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { calls } from "../api/calls";
import { onSignedOut } from "../api/client";
import { asProblem } from "../api/problem";
import type { PostView, Who } from "../api/types";
import { Failed, Waiting } from "../parts/standing-states";

interface Session {
  who: Who;
  /** None for somebody without a post. */
  post: PostView | undefined;
  choose: (post: string) => void;
}

const Context = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error("a page was shown outside the session");
  return session;
}

const postKey = (person: string) => `lingnan.post.${person}`;

function Provided({ who, children }: { who: Who; children: ReactNode }) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(postKey(who.person)));
  const post = who.posts.find((one) => one.id === chosen) ?? who.posts[0];
  const session = useMemo(() => ({
    who,
    post,
    choose: (id: string) => {
      localStorage.setItem(postKey(who.person), id);
      setChosen(id);
    },
  }), [who, post]);
  return <Context value={session}>{children}</Context>;
}

/** Shows its children to whom is signed in; others go to the sign-in page and come back. */
export function Guarded({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const place = useLocation();
  const who = useQuery({ queryKey: ["session"], queryFn: calls.who, staleTime: Infinity });
  const [expired, setExpired] = useState(false);
  useEffect(() => onSignedOut(() => { setExpired(true); }), []);
  const out = expired || (who.isError && asProblem(who.error).isSignedOut);
  useEffect(() => {
    if (expired) cache.clear();
  }, [expired, cache]);
  if (out) {
    const next = encodeURIComponent(place.pathname + place.search);
    const reason = who.data === undefined && !expired ? "" : "&expired=1";
    return <Navigate replace to={`/login?next=${next}${reason}`} />;
  }
  if (who.isPending) return <Waiting />;
  if (who.isError) return <Failed error={who.error} onRetry={() => void who.refetch()} />;
  return <Provided key={who.data.person} who={who.data}>{children}</Provided>;
}
