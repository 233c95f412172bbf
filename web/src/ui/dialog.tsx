// A dialog that is there only while it is open: the focus goes back to where it came from.
import { Modal, type ModalProps } from "antd";
import { useEffect, useState } from "react";

/** What is removed with its dialog open gets no word from the library that it was closed. */
function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    if (document.activeElement !== document.body) return;
    const known = before instanceof HTMLElement && before.isConnected;
    (known ? before : document.getElementById("main"))?.focus();
  }, [before]);
}

export function Dialog(props: ModalProps) {
  useFocusBack();
  return <Modal open {...props} />;
}
