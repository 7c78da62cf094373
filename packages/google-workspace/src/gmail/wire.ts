import {
  fillPath,
  omitUndefined,
  type Outgoing,
  readJson,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import { type GoogleOperation, type LibraryRequest, type LibrarySource, libraryWire } from '../wire.ts';
import { sendStep, type UploadSession } from './upload/session-request.ts';

/** An operation of Gmail; some accept a message as an upload, too. */
export interface MailOperation extends GoogleOperation {
  /** Where an upload goes. Google's library can't send an upload twice, so it goes straight through our `fetch`. */
  readonly upload?: { readonly method: 'POST' | 'PUT'; readonly path: string };
}

/** A request of Gmail, and the message that is uploaded with it. */
export interface MailRequest extends LibraryRequest {
  /** RFC 5322 text. */
  upload?: Uint8Array;
  /** A step of an upload in pieces. */
  session?: UploadSession | undefined;
}

/** Sends requests through Google's library, and uploads without it. */
export function gmailWire(
  source: Omit<LibrarySource, 'params'>,
  userId: string,
): Wire<MailOperation, MailRequest> {
  const throughLibrary = libraryWire({ ...source, params: { userId } });
  return async (outgoing, fetch) => {
    const { operation, request } = outgoing;
    const { upload: route } = operation;
    if (route !== undefined && request.session !== undefined) {
      const { id = '', ...query } = omitUndefined({ ...request.params });
      const place = {
        ...route,
        baseUrl: outgoing.baseUrl,
        params: { userId, id: String(id) },
        query: mapValues(query),
        json: request.json ?? {},
      };
      return await sendStep(request.session, place, fetch);
    }
    if (route === undefined || request.upload === undefined) return await throughLibrary(outgoing, fetch);
    const { url, contentType, body } = uploadOf(outgoing, { path: route.path, userId }, request.upload);
    const response = await fetch(url, {
      method: route.method,
      headers: { 'content-type': contentType },
      body,
    });
    return await readJson(response);
  };
}

/**
 * `multipart/related`: JSON, then the message. One body in memory, so that it can be sent again after a 401.
 * https://developers.google.com/workspace/gmail/api/guides/uploads
 */
function uploadOf(
  { baseUrl, request }: Outgoing<MailOperation, MailRequest>,
  { path, userId }: { path: string; userId: string },
  mail: Uint8Array,
): { url: string; contentType: string; body: Uint8Array<ArrayBuffer> } {
  const { params, json = {} } = request;
  const boundary = `mail_${crypto.randomUUID()}`;
  const head = [
    `--${boundary}`,
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(json),
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    '',
  ].join('\r\n');
  const { id = '', ...query } = omitUndefined({ ...params });
  const search = new URLSearchParams({ uploadType: 'multipart', ...mapValues(query) });
  return {
    url: `${baseUrl}${fillPath(path, { userId, id: String(id) })}?${search.toString()}`,
    contentType: `multipart/related; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), mail, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

function mapValues(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
