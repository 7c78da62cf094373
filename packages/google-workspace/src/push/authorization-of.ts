import { WebhookVerificationError } from '@context-sdk/oauth-core';
import type { PushHeaders } from './push-headers.ts';

/** The token of the one `Authorization: Bearer` header. Throws {@link WebhookVerificationError} for none, or two. */
export function bearerTokenOf(headers: PushHeaders): string {
  const values = valuesOf(headers);
  const [value] = values;
  if (value === undefined) throw unverified('has no Authorization header');
  // The web's Headers put two of them into one, with a comma, which no token has.
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(value) ?? [];
  if (values.length > 1 || token === undefined) throw unverified('has no single bearer token');
  return token;
}

function valuesOf(headers: PushHeaders): string[] {
  if (headers instanceof Headers) {
    const value = headers.get('authorization');
    return value === null ? [] : [value];
  }
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, value]) => value ?? []);
}

/** The error for a delivery that proves nothing; it never holds the token. */
export function unverified(problem: string): WebhookVerificationError {
  return new WebhookVerificationError(`The push ${problem}.`, { service: 'gmail' });
}
