import { ApiProblem } from '@ferrypay/desk/problem.ts';
import { answer, portal } from '../api/http';
import type { Session } from '../api/types';

/** Whether this browser speaks of passkeys as the platform does. */
export function knowsPasskeys(): boolean {
  return typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';
}

/** What the device made, as text. A person who says no, or has none, is a refusal like any other. */
async function fromDevice(ask: () => Promise<Credential | null>): Promise<string> {
  const made = await ask().catch(() => null);
  if (made === null) {
    throw new ApiProblem(0, 'passkey_not_given');
  }
  return JSON.stringify(made);
}

function prove(options: unknown): Promise<string> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return fromDevice(() => navigator.credentials.get({ publicKey }));
}

export async function signInByPasskey(): Promise<Session> {
  const options = await answer(portal.POST('/portal/api/sign_in:passkey_options'));
  return answer(portal.POST('/portal/api/sign_in:passkey', { body: { credential: await prove(options) } }));
}

export async function stepUpByPasskey(): Promise<Session> {
  const options = await answer(portal.POST('/portal/api/step_up:passkey_options'));
  return answer(portal.POST('/portal/api/step_up:passkey', { body: { credential: await prove(options) } }));
}

/** Has the device make a key, and the platform keep its public half; recovery codes come with the first factor. */
export async function addPasskey(name: string): Promise<string[]> {
  const options = await answer(portal.POST('/portal/api/passkeys:offer'));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  const credential = await fromDevice(() => navigator.credentials.create({ publicKey }));
  const made = await answer(portal.POST('/portal/api/passkeys', { body: { name, credential } }));
  return made.recovery_codes ?? [];
}
