import { WebhookParseError } from '../errors/index.ts';

const MAX_BYTES = 1_048_576;

/** How a webhook's body is read. */
export interface WebhookBodyOptions {
  /** Named in errors. */
  service: string;
  /** Default: 1 MiB. */
  maxBytes?: number | undefined;
}

function checkSize(bytes: number, { service, maxBytes = MAX_BYTES }: WebhookBodyOptions): void {
  if (bytes <= maxBytes) return;
  throw new WebhookParseError(`The body has ${bytes} bytes; at most ${maxBytes} are read.`, {
    service,
    field: 'body',
  });
}

function textOf(body: string | Uint8Array, options: WebhookBodyOptions): string {
  if (typeof body === 'string') {
    checkSize(body.length, options);
    return body.startsWith('\uFEFF') ? body.slice(1) : body;
  }
  checkSize(body.byteLength, options);
  return new TextDecoder().decode(body);
}

/**
 * The JSON of a webhook: from text or bytes, or as it is where the host's framework has parsed it already.
 * Throws {@link WebhookParseError} where it is too long or not JSON.
 */
export function readWebhookBody(body: unknown, options: WebhookBodyOptions): unknown {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return body;
  const text = textOf(body, options);
  try {
    return JSON.parse(text);
  } catch {
    throw new WebhookParseError('The body is not JSON.', { service: options.service, field: 'body' });
  }
}
