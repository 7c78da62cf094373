import type { Sandbox, SandboxOptions } from '@context-sdk/sandbox';
import type { TestUserGmail } from '@context-sdk/sandbox/google';
import { type ApiAnswer, readAnswer, stillSandbox } from '../support.ts';
import type { CallApi } from '../ticktick/support.ts';

export const HOST = 'https://gmail.googleapis.com';
export const ADA = 'ada@example.com';
export const GRACE = 'grace@example.com';
export const FRIEND = 'kim@elsewhere.example';

export type GoogleSetUp = NonNullable<SandboxOptions['google']>;

/** A scope's long form. */
export function gmailScope(name: string): string {
  return `https://www.googleapis.com/auth/gmail.${name}`;
}

export interface GmailSetUp {
  readonly sandbox: Sandbox;
  /** As Ada: `api('POST /drafts', { … })`, below `/gmail/v1/users/me`. */
  readonly api: CallApi;
  readonly gmail: TestUserGmail;
}

/** An empty Gmail without limits, unless the options say otherwise. */
export function setUpGmail(google: GoogleSetUp = {}, options: SandboxOptions = {}): GmailSetUp {
  const sandbox = stillSandbox({ ...options, google: { quotas: { gmail: [] }, ...google } });
  return { sandbox, api: gmailApi(sandbox), gmail: sandbox.google.testUser().gmail };
}

/** Calls Gmail with a token of these scopes. */
export function gmailApi(
  sandbox: Sandbox,
  scopes: readonly string[] = [gmailScope('modify')],
  account: string = ADA,
): CallApi {
  const { accessToken } = sandbox.google.issueToken({ account, scopes });
  return async (route, body) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = JSON.stringify(body);
    return readAnswer(await sandbox.fetch(`${HOST}/gmail/v1/users/me${path}`, init));
  };
}

/** A mail with CRLF line ends; its body is empty unless given. */
export function mail(headers: Record<string, string>, body = ''): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', body].join('\r\n');
}

/** Octets in base64url; a string's in UTF-8. */
export function raw(source: string | Uint8Array): string {
  return Buffer.from(source).toString('base64url');
}

/** As `raw`, with padding: that is how Gmail answers. */
export function padded(source: string | Uint8Array): string {
  const text = raw(source);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

export function sendRaw(api: CallApi, source: string, threadId?: string): Promise<ApiAnswer> {
  return api('POST /messages/send', { raw: raw(source), ...(threadId !== undefined && { threadId }) });
}

/** What a refusal says, in short. */
export function refusalOf({ status, json }: ApiAnswer): {
  status: number;
  reason: unknown;
  message: unknown;
} {
  const { error } = json as { error: { message: string; errors: { reason: string }[] } };
  return { status, reason: error.errors[0]?.reason, message: error.message };
}

/** The text of the only mail that fits. */
export function onlyText(messages: readonly { raw: Uint8Array }[]): string {
  if (messages.length !== 1) throw new Error(`There are ${messages.length} mails, not one`);
  return Buffer.from(messages[0]?.raw ?? []).toString();
}
