// The page's nonce, without which the content policy lets no style element in.

/** Read once: the server writes it into the page it serves. */
export function nonce(): string | undefined {
  const given = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return given === undefined || given === "" || given.startsWith("__") ? undefined : given;
}

/**
 * Gives the nonce to every style element that a library makes without it: the kit's scroll lock
 * and its scroll bar measure do. Only code that runs already can come here, so the policy loses
 * nothing.
 */
export function blessStyles(given: string): void {
  type Make = (name: string, options?: ElementCreationOptions) => HTMLElement;
  const make: Make = Reflect.get<Document, "createElement">(document, "createElement");
  const blessed: Make = (name, options) => {
    const element = make.call(document, name, options);
    if (element instanceof HTMLStyleElement) element.nonce = given;
    return element;
  };
  Reflect.set(document, "createElement", blessed);
}
