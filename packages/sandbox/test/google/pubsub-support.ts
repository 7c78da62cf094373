import type { webcrypto } from 'node:crypto';
import type { SandboxOptions } from '@context-sdk/sandbox';
import { fieldsOf } from '../support.ts';
import { type GmailSetUp, setUpGmail } from './gmail-support.ts';

export const TOPIC = 'projects/my-project/topics/gmail';
export const URL = 'https://app.example.com/google/push';

export interface Received {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface PushSetUp extends GmailSetUp {
  readonly received: Received[];
  /** The pauses between attempts, in milliseconds. */
  readonly waits: number[];
}

/** A Gmail whose topic is pushed here; `answers` are the receiver's statuses in turn, then 204. */
export function setUpPush(
  answers: (number | Error)[] = [],
  subscription: { audience?: string; serviceAccount?: string } = {},
  options: SandboxOptions = {},
): PushSetUp {
  const received: Received[] = [];
  const waits: number[] = [];
  const deliver = async (target: string, init: RequestInit): Promise<Response> => {
    const body = fieldsOf(JSON.parse(String(init.body)));
    received.push({ url: target, headers: new Headers(init.headers), body });
    const answer = answers.shift() ?? 204;
    if (answer instanceof Error) throw answer;
    return { status: answer, body: null } as Response;
  };
  const setUp = setUpGmail({ deliver }, { sleep: async (ms) => void waits.push(ms), ...options });
  setUp.sandbox.google.pubsub.subscribe({ topic: TOPIC, url: URL, ...subscription });
  return { ...setUp, received, waits };
}

/** What a push is about. */
export function dataOf({ body }: Received): unknown {
  const { data } = fieldsOf(body['message']);
  return JSON.parse(Buffer.from(String(data), 'base64').toString());
}

export function decodeToken(token: string): {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
} {
  const [header = {}, payload = {}] = token
    .split('.')
    .slice(0, 2)
    .map((part) => fieldsOf(JSON.parse(Buffer.from(part, 'base64url').toString())));
  return { header, payload };
}

/** Whether the signature fits the key. */
export async function isSignedBy(token: string, jwk: webcrypto.JsonWebKey): Promise<boolean> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return crypto.subtle.verify(algorithm, key, signature, Buffer.from(token.slice(0, end)));
}
