import type { JsonObject } from '../../json.ts';
import type { Subscription } from './subscription.ts';

/** How long a receiver may take. */
export const TIMEOUT_MS = 30_000;

/** The request that carries a notification: basic credentials and headers as the subscription says, no signature. */
export function notificationRequest({ consumerInputs }: Subscription, payload: JsonObject): RequestInit {
  const { basicAuthUsername = '', basicAuthPassword = '', httpHeaders = '' } = consumerInputs;
  const headers = new Headers(headerLines(httpHeaders));
  headers.set('content-type', 'application/json; charset=utf-8');
  if (basicAuthUsername !== '' || basicAuthPassword !== '') {
    const bytes = new TextEncoder().encode(`${basicAuthUsername}:${basicAuthPassword}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`);
  }
  return {
    headers,
    body: JSON.stringify(payload),
    redirect: 'manual',
  };
}

/** `K:V` on each line. */
function headerLines(text: string): [string, string][] {
  return text
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
}
