// Where one's work begins: an administrator handles no matters, so it is not 待办 for him.
import { Navigate } from "react-router";
import type { PostView } from "../api/types";
import { useSession } from "./session";

const BY_DUTY: [string, string][] = [
  ["system_admin", "/admin"],
  ["security_admin", "/admin"],
  ["audit_admin", "/journal"],
];

/** The page on which somebody who acts from this post begins. */
export function homeOf(post: PostView | undefined): string {
  const found = BY_DUTY.find(([duty]) => post?.duties.includes(duty) === true);
  return found?.[1] ?? "/inbox";
}

export function Home() {
  const { post } = useSession();
  return <Navigate replace to={homeOf(post)} />;
}
