import { type CompleteResponse, parseJsonObject, textOf } from '@context-sdk/oauth-core/client-kit';

/**
 * Why a credential was refused, where the service says: it has ended (`expired`), it may not do this one thing (`scope`),
 * or a policy of the organization forbids it here (`policy`). Only the first ends it everywhere.
 */
export type RefusalReason = 'expired' | 'scope' | 'policy';

/** In the order in which they are looked for. */
const WORDS: readonly [RefusalReason, RegExp][] = [
  ['expired', /\b(expired|revoked)\b/i],
  ['policy', /VS403463|conditional access|\bpolic(y|ies)\b|\bIP (address|range)/i],
  ['scope', /\b(insufficient_)?scopes?\b|\bvso\.\w+/i],
];

/** `Bearer error="insufficient_scope", error_description="…"` (RFC 6750 §3). */
function challengeWords(headers: Headers): string {
  const challenge = headers.get('www-authenticate') ?? '';
  const values = [...challenge.matchAll(/\berror(?:_description)?="([^"]*)"/gi)].map(([, value]) => value);
  return values.join(': ');
}

/** What the service says about a refusal: in a header, encoded as in a query, in the JSON of the body, or in the challenge. */
export function refusalWords(answer: CompleteResponse): string {
  const header = answer.headers.get('x-tfs-serviceerror');
  if (header === null)
    return textOf(parseJsonObject(answer.text())?.['message']) || challengeWords(answer.headers);
  try {
    return decodeURIComponent(header.replaceAll('+', ' '));
  } catch {
    return header;
  }
}

/** Undefined where the service gives no reason (docs/facts/azure-devops.md#refused-credentials). */
export function refusalReason(answer: CompleteResponse): RefusalReason | undefined {
  const words = refusalWords(answer);
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}
