// Signing in; in the demonstration, by choosing a person.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { calls } from "../api/calls";
import { asProblem } from "../api/problem";
import type { Who } from "../api/types";
import { zh } from "../i18n/zh-cn";
import { ProblemNote } from "../parts/problem-note";
import { DemoPeople, LoginForm } from "../parts/sign-in-forms";
import { useSignIn } from "../shell/sign-in";

/** Only a path of this site, never another's address; else where one's work begins. */
export function safeNext(text: string | null): string {
  return text !== null && /^\/(?![/\\])/.test(text) && !text.startsWith("/login") ? text : "/";
}

function useEnter() {
  const cache = useQueryClient();
  const go = useNavigate();
  const [search] = useSearchParams();
  return (who: Who) => {
    cache.clear();
    cache.setQueryData(["session"], who);
    void go(safeNext(search.get("next")), { replace: true });
  };
}

export function LoginPage() {
  const { people, search, byName, byPress, error } = useSignIn(useEnter());
  const [asked] = useSearchParams();
  const setup = useQuery({ queryKey: ["setup"], queryFn: calls.setupState });
  if (setup.data?.needed === true && !setup.data.demonstration) return <Navigate to="/setup" />;
  return (
    <main className={people.length > 0 ? "login with-demo" : "login"}>
      <title>{`${zh.login.title} · ${zh.app.name}`}</title>
      <section className="login-box">
        <p className="brand big"><img className="seal" src="/icons/icon.svg" alt="" />{zh.app.name}</p>
        <h1>{zh.login.title}</h1>
        {safeNext(asked.get("next")) !== "/" && <p className="soft">{zh.login.returns}</p>}
        <LoginForm busy={byName.isPending} onSubmit={byName.mutate} />
        {error !== null && <ProblemNote problem={asProblem(error)} />}
      </section>
      {people.length > 0 && (
        <DemoPeople people={people} search={search} busy={byPress.isPending}
          onChoose={byPress.mutate} />
      )}
    </main>
  );
}
