// A page of a packet, read within ours: its text and tables, and nothing that could run.
import { useQuery } from "@tanstack/react-query";
import { createElement, type ReactNode } from "react";
import { calls } from "../api/calls";
import { Failed, Waiting } from "../parts/standing-states";
import { Dialog } from "../ui/dialog";

interface Props {
  id: string;
  number: number;
  label: string;
  onClose: () => void;
}

export function PacketPage({ id, number, label, onClose }: Props) {
  const file = useQuery({
    queryKey: ["archive", id, "file", number],
    queryFn: () => calls.archiveFile(id, number),
    gcTime: 0,
  });
  return (
    <Dialog title={label} footer={null} width={820} onCancel={onClose}>
      {file.isPending && <Waiting />}
      {file.isError && <Failed error={file.error} onRetry={() => void file.refetch()} />}
      {file.data !== undefined && <div className="packet-page">{read(file.data)}</div>}
    </Dialog>
  );
}

const SHOWN = new Set(["TABLE", "TBODY", "TR", "TH", "TD", "P", "H2", "BR"]);

function read(html: string): ReactNode[] {
  // Its style is its own, and the policy of our pages lets none in.
  const plain = html.replace(/<style>[^<]*<\/style>/, "");
  const page = new DOMParser().parseFromString(plain, "text/html");
  return children(page.body);
}

function children(node: Node): ReactNode[] {
  return Array.from(node.childNodes, (child, place) => {
    if (child.nodeType === Node.TEXT_NODE) {
      // White space between the parts of a table is nothing to show.
      return child.textContent?.trim() === "" ? null : child.textContent;
    }
    if (!SHOWN.has(child.nodeName)) return null;
    const name = child.nodeName === "H2" ? "h3" : child.nodeName.toLowerCase();
    const inner = children(child);
    return createElement(name, { key: place }, ...inner);
  });
}
