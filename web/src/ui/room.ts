// How much room there is: a phone's width asks for controls that fit a finger.
import { useSyncExternalStore } from "react";

/** The width at which the pages fold, as in base.css. */
const phone = window.matchMedia("(width <= 720px)");

function subscribe(listener: () => void) {
  phone.addEventListener("change", listener);
  return () => { phone.removeEventListener("change", listener); };
}

export function useRoom(): "desk" | "phone" {
  return useSyncExternalStore(subscribe, () => phone.matches) ? "phone" : "desk";
}
