import { sha256 } from '@context-sdk/oauth-core/client-kit';
import { WebhookVerificationError } from '@context-sdk/oauth-core/errors';
import { misconfigured } from '../errors.ts';

type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers of a delivery, as the web or as Node's `http` has them, or the request that has them. */
export type WebhookHeaders = { headers: Headers | NodeHeaders } | Headers | NodeHeaders;

/** What a subscription was told to send: Azure DevOps signs nothing. Where both are given both have to be right. */
export interface WebhookSecrets {
  basicAuth?: { username: string; password: string } | undefined;
  header?: { name: string; value: string } | undefined;
}

/** A header called `headers` would be a text. */
function hasHeaders(from: WebhookHeaders): from is { headers: Headers | NodeHeaders } {
  return 'headers' in from && typeof from.headers === 'object' && !Array.isArray(from.headers);
}

function sent(from: WebhookHeaders, name: string): string {
  const headers = hasHeaders(from) ? from.headers : from;
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return typeof found === 'string' ? found : '';
}

/** In a time that tells neither where two texts differ nor how long the right one is. */
async function isEqual(given: string, wanted: string): Promise<boolean> {
  const [one, other] = await Promise.all([sha256(given), sha256(wanted)]);
  let difference = 0;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

function basicCredentials({ username, password }: { username: string; password: string }): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return btoa(String.fromCharCode(...bytes));
}

/** RFC 9110 §5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;

function checkSecrets({ basicAuth, header }: WebhookSecrets): void {
  if (!basicAuth && !header)
    throw misconfigured('A webhook is proven by basicAuth or a header, and neither is given.');
  // As text, what is not set would be a word that anyone can send.
  if (basicAuth && typeof basicAuth.username !== 'string')
    throw misconfigured('basicAuth.username must be a string.');
  if (basicAuth && !isSecret(basicAuth.password))
    throw misconfigured('basicAuth.password must be a string, and not empty.');
  if (header && !(typeof header.name === 'string' && HEADER_NAME.test(header.name)))
    throw misconfigured('header.name is not the name of a header.');
  if (header && !isSecret(header.value)) throw misconfigured('header.value must be a string, and not empty.');
}

function isSecret(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/**
 * Checks in constant time that a delivery carries the secrets that its subscription was given. Throws
 * {@link WebhookVerificationError}, and {@link ConfigurationError} where no secret is given.
 */
export async function verifyAdoWebhook(from: WebhookHeaders, secrets: WebhookSecrets): Promise<void> {
  if (typeof from !== 'object' || from === null)
    throw misconfigured('from must be a request or its headers.');
  if (typeof secrets !== 'object' || secrets === null) throw misconfigured('secrets must be an object.');
  checkSecrets(secrets);
  const { basicAuth, header } = secrets;
  const checks: Promise<boolean>[] = [];
  if (basicAuth) {
    const credentials = /^basic +(\S+)[ \t]*$/i.exec(sent(from, 'authorization'))?.[1] ?? '';
    checks.push(isEqual(credentials, basicCredentials(basicAuth)));
  }
  if (header) checks.push(isEqual(sent(from, header.name), header.value));
  if ((await Promise.all(checks)).every(Boolean)) return;
  throw new WebhookVerificationError('The delivery does not carry the secret of its subscription.', {
    service: 'azure-devops',
  });
}
