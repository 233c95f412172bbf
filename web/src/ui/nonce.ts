// The page's nonce, without which the content policy lets no style element in.

/** Read once: the server writes it into the page it serves. */
export function nonce(): string | undefined {
  const given = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return given === undefined || given === "" || given.startsWith("__") ? undefined : given;
}
