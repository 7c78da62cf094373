import { invalid } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import type { ReadMail } from './mail-content.ts';
import { readHead } from './read-head.ts';
import { readHeaders } from './read-part.ts';
import { type AttachmentLoaders, readPayload } from './read-payload.ts';
import { readRaw } from './read-raw.ts';

/**
 * A message in the format `full` or `raw` as a mail: addresses, texts, attachments, invitation. Sends no request; attachments
 * that aren't in the message load only if it came from `messages.read`. Throws {@link InvalidRequestError} for another format.
 */
export async function readMail(message: Message): Promise<ReadMail> {
  return await readMessage(message, undefined);
}

export async function readMessage(
  message: Message,
  loaders: AttachmentLoaders | undefined,
): Promise<ReadMail> {
  if (typeof message !== 'object' || message === null) throw invalid('message', 'is not a message');
  const { raw, payload, internalDate } = message;
  const receivedAt = typeof internalDate === 'string' ? Number(internalDate) : Number.NaN;
  if (raw !== undefined && raw !== null) {
    if (typeof raw !== 'string') throw invalid('raw', 'is not a string');
    const { headers, ...content } = await readRaw(Buffer.from(raw, 'base64url'));
    return { ...readHead(headers, receivedAt), ...content };
  }
  if (typeof payload !== 'object' || payload === null)
    throw invalid('payload', 'is missing: read the message in the format full or raw');
  const content = await readPayload(payload, loaders);
  return { ...readHead(readHeaders(payload.headers), receivedAt), ...content };
}
