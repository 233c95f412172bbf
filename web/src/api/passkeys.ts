// Passkeys: the browser's WebAuthn answers, and the calls that take them.
import { answer, server } from "./client";
import { zh } from "../i18n/zh-cn";
import { Problem } from "./problem";
import type { PasskeyView, Who } from "./types";

/** Whether this browser and this address can use passkeys at all. */
export function passkeysWork(): boolean {
  return "PublicKeyCredential" in window && window.isSecureContext
    && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";
}

function options(value: unknown): { publicKey: never } {
  return value as { publicKey: never };
}

function failed(): Problem {
  const { failed: title, failedNext: next } = zh.passkeys;
  return new Problem({ type: "about:blank", title, status: 403, code: "web.passkey", next });
}

/** What the device answered; whoever waves it away is told so in words. */
async function written(asked: Promise<Credential | null>): Promise<unknown> {
  const credential = await asked.catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw failed();
  return credential.toJSON();
}

/** Signs in; asks for the passkey when the account has one. */
export async function signIn(username: string, password: string): Promise<Who> {
  const told = await answer(server.POST("/api/session", { body: { username, password } }));
  if (!("ticket" in told)) return told;
  if (!passkeysWork()) throw failed();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options(told.options).publicKey,
  );
  const credential = await written(navigator.credentials.get({ publicKey }));
  const body = { ticket: told.ticket, credential };
  return answer(server.POST("/api/session/second-factor", { body }));
}

/** Registers a passkey of this device under a name. */
export async function registerPasskey(name: string): Promise<void> {
  const told = await answer(server.POST("/api/passkeys/challenge"));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options(told.options).publicKey,
  );
  const credential = await written(navigator.credentials.create({ publicKey }));
  await server.POST("/api/passkeys", { body: { ticket: told.ticket, name, credential } });
}

/** One's own passkeys. */
export function passkeys(): Promise<PasskeyView[]> {
  return answer(server.GET("/api/passkeys"));
}

/** Removes one of them. */
export async function removePasskey(id: string): Promise<void> {
  await server.DELETE("/api/passkeys/{id}", { params: { path: { id } } });
}
