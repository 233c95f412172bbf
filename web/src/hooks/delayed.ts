// A value that follows another once it has been still for a moment.
import { useEffect, useState } from "react";

export function useDelayed<T>(value: T, wait_ms: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => { setStill(value); }, wait_ms);
    return () => { window.clearTimeout(timer); };
  }, [value, wait_ms]);
  return still;
}
