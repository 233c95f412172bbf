// Which other tabs of this browser have the same thing open; they tell one another.
import { useEffect, useState } from "react";

const CHANNEL = "lingnan.tabs";
/** Another tab answers at once, unless the browser froze it; it is not waited for longer. */
const ANSWER_MS = 300;

interface Said {
  word: "asks" | "here" | "gone";
  thing: string;
  tab: string;
}

/** The other tabs with `thing` open; undefined until they had time to answer. */
export function useOtherTabs(thing: string, tab: string): ReadonlySet<string> | undefined {
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    const say = (word: Said["word"]) => { channel.postMessage({ word, thing, tab } satisfies Said); };
    const ask = () => { say("asks"); };
    const leave = () => { say("gone"); };
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.thing !== thing || data.tab === tab) return;
      if (data.word === "asks") say("here");
      setOthers((known) => {
        const next = new Set(known);
        if (data.word === "gone") next.delete(data.tab);
        else next.add(data.tab);
        return next;
      });
    };
    ask();
    const timer = window.setTimeout(() => { setHeard(true); }, ANSWER_MS);
    window.addEventListener("pagehide", leave);
    // A page that comes back out of the browser's memory says again that it is there.
    window.addEventListener("pageshow", ask);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", ask);
      window.clearTimeout(timer);
      leave();
      channel.close();
    };
  }, [thing, tab]);
  return heard ? others : undefined;
}
