import { type CallOptions, oneDeadline, parseJsonObject } from '@context-sdk/oauth-core';
import { present } from '../input/present.ts';
import type { GmailApi } from '../library/gmail-library.ts';
import type { LibraryAnswer, LibraryCall } from '../library/library-call.ts';
import { compose } from '../mime/compose.ts';
import type { Mail } from '../mime/mail.ts';
import { Answer } from '../requests/answer.ts';
import type { GmailRequests } from './gmail-requests.ts';
import type { GmailMethod } from './methods.ts';
import { SERVICE } from './service.ts';
import { multipartUpload, uploadTimeoutMs } from './upload.ts';

/** Bytes of a mail that still go as JSON; Google advises against more. */
const MOST_AS_JSON = 5_000_000;
/** Where uploads go; Google's library knows the address, but can't send one twice. */
const UPLOADS = 'https://gmail.googleapis.com/upload/gmail/v1/users/me';

/** A mail as Google's methods take it. */
interface WireMail {
  /** base64url; left out of an upload, which carries the mail beside the JSON. */
  raw?: string;
  threadId?: string;
}

/** One of Google's methods that take a mail. */
export interface MailRoute {
  name: GmailMethod;
  verb: 'POST' | 'PUT';
  /** Behind `users/me`. */
  path: string;
  /** The request's JSON with the mail in it. */
  bodyOf(mail: WireMail): object;
  call(api: GmailApi, requestBody: object, call: LibraryCall): Promise<LibraryAnswer>;
}

/** Composes mails and hands them to Google: as JSON through its library, or as an upload where they are large. */
export class MailSender {
  readonly #requests: GmailRequests;
  readonly #timeoutMs: number | undefined;

  constructor(requests: GmailRequests, timeoutMs: number | undefined) {
    this.#requests = requests;
    this.#timeoutMs = timeoutMs;
  }

  async send(mail: Mail, route: MailRoute, options: CallOptions | undefined): Promise<Answer> {
    const call = oneDeadline(options, SERVICE);
    const bytes = await compose(mail, call?.signal);
    const { threadId } = mail;
    if (bytes.byteLength > MOST_AS_JSON) {
      return await this.#upload(bytes, route, route.bodyOf(present({ threadId })), call);
    }
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
    const body = route.bodyOf(present({ raw, threadId }));
    return await this.#requests.call(route.name, call, (api, libraryCall) =>
      route.call(api, body, libraryCall),
    );
  }

  async #upload(
    mail: Uint8Array,
    { name, verb, path }: MailRoute,
    json: object,
    options: CallOptions = {},
  ): Promise<Answer> {
    const { contentType, body } = multipartUpload(json, mail);
    const timeoutMs = options.timeoutMs ?? this.#timeoutMs ?? uploadTimeoutMs(body.byteLength);
    const fetch = this.#requests.fetchFor(name, { ...options, timeoutMs });
    const response = await fetch(`${UPLOADS}/${path}?uploadType=multipart`, {
      method: verb,
      headers: { 'content-type': contentType },
      body,
    });
    return new Answer(SERVICE, name, parseJsonObject(await response.text()));
  }
}
