// Makes the test page look like a browser's where jsdom falls short, and cleans up between tests.
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const noMatch = {
  matches: false,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
};
window.matchMedia = (media) => ({ ...noMatch, media }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() { /* Nothing has a size here. */ }
  unobserve() { /* Nothing has a size here. */ }
  disconnect() { /* Nothing has a size here. */ }
};
