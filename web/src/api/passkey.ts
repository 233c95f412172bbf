// Passkeys: what the browser is asked and how its answer goes back (WebAuthn Level 3 JSON).
import { zh } from "../i18n/zh-cn";
import { Problem } from "./problem";

/** Whether this browser, at this address, can use passkeys at all. */
export function canUsePasskeys(): boolean {
  return window.isSecureContext && "PublicKeyCredential" in window;
}

/** The server wraps its options as `navigator.credentials` takes them. */
function inner(options: unknown): unknown {
  return typeof options === "object" && options !== null && "publicKey" in options
    ? options.publicKey
    : options;
}

function failed(): Problem {
  return new Problem({
    type: "about:blank",
    title: zh.passkey.failed,
    status: 403,
    code: "web.passkey",
    next: zh.passkey.failedNext,
  });
}

async function asked(ask: () => Promise<Credential | null>): Promise<unknown> {
  if (!canUsePasskeys()) throw failed();
  const credential = await ask().catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw failed();
  return credential.toJSON();
}

/** Proves that one has a registered passkey. */
export function provePasskey(options: unknown): Promise<unknown> {
  return asked(() => {
    const json = inner(options) as PublicKeyCredentialRequestOptionsJSON;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
    return navigator.credentials.get({ publicKey });
  });
}

/** Makes a new passkey. */
export function makePasskey(options: unknown): Promise<unknown> {
  return asked(() => {
    const json = inner(options) as PublicKeyCredentialCreationOptionsJSON;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return navigator.credentials.create({ publicKey });
  });
}
