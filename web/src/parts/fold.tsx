// A titled section of a long page: folded and unfolded on a phone, always open at a desk.
import { type ReactNode, useId, useState } from "react";
import { useRoom } from "../ui/room";

/** A section that is open, and what opens or folds it. */
export interface Folding {
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** Which sections of a page are open, by name. */
export function useFolds<Name extends string>(first: Name) {
  const [opened, setOpened] = useState<readonly Name[]>([first]);
  const atDesk = useRoom() === "desk";
  return (name: Name): Folding => ({
    open: atDesk || opened.includes(name),
    onOpen: (open) => {
      setOpened((all) => [...all.filter((one) => one !== name), ...(open ? [name] : [])]);
    },
  });
}

interface Props extends Folding {
  title: string;
  /** What one must know of the section while it is folded. */
  note?: string | undefined;
  /** What is folded keeps its state. */
  children: ReactNode;
}

export function Fold({ title, note, open, onOpen, children }: Props) {
  const id = useId();
  const folds = useRoom() === "phone";
  return (
    <section className="block" aria-label={title}>
      <div className="block-head">
        <h2>
          {folds
            ? (
              <button type="button" className="fold" aria-expanded={open} aria-controls={id}
                onClick={() => { onOpen(!open); }}>
                {title}
              </button>
            )
            : title}
        </h2>
        {!open && note !== undefined && <span className="red">{note}</span>}
      </div>
      <div id={id} hidden={!open}>{children}</div>
    </section>
  );
}
