import type { ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { unexpected } from '../errors.ts';
import type { GmailCall, GmailService } from '../operations.ts';
import type { AttachmentLoaders, LoadAttachment } from '../reading/read-payload.ts';
import type { MessagePartBody } from './message.ts';

/** Loads attachments of a message: what belongs to its text within the call, files in a call of their own if there is a service. */
export function loadersOf(call: GmailCall, messageId: string, service?: GmailService): AttachmentLoaders {
  return { now: loaderOf(call, messageId), later: loaderOf(service ?? call, messageId) };
}

function loaderOf(source: GmailCall | GmailService, messageId: string): LoadAttachment {
  return async (id) => {
    const call = 'call' in source ? source.call() : source;
    return attachmentBytes(await call.send('messages.attachment', { params: { messageId, id } }));
  };
}

/** The bytes in the response of `messages.attachment`. */
export function attachmentBytes(response: ServiceResponse): Uint8Array {
  const { data, size } = response.object<MessagePartBody>();
  if (typeof data === 'string') return new Uint8Array(Buffer.from(data, 'base64url'));
  if (data === undefined && size === 0) return new Uint8Array();
  throw unexpected('answered messages.attachment without a string in data', 'data');
}
