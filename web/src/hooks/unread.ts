// How many messages are not read: asked once, and again whenever something moves.
import { useQuery } from "@tanstack/react-query";
import { calls } from "../api/calls";

/** At most 100, which is shown as 99+. */
export function useUnread(): number {
  const unread = useQuery({ queryKey: ["messages", "unread"], queryFn: calls.unreadMessages });
  return unread.data?.count ?? 0;
}
