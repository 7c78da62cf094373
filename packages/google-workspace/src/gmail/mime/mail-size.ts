import { invalid } from '../errors.ts';

/** Gmail takes no larger mail: `maxSize` of its uploads in the discovery document, 35 MiB. */
const MOST = 36_700_160;

/** Bytes that base64 makes of so many, in lines of 76 characters and CRLF. */
function asBase64(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + Math.ceil(characters / 76) * 2;
}

/** Counts what a mail will take while its parts are read, so that one that is too large is refused early. */
export class MailSize {
  #bytes = 0;

  /** Throws {@link InvalidRequestError} naming the part that is too much. `bytes` are counted before their encoding. */
  addAttachment(bytes: number, field: string): void {
    this.#bytes += asBase64(bytes);
    this.#check(field);
  }

  /** A body: at least as long as its text, however it is encoded. */
  addBody(text: string | undefined, field: string): void {
    this.#bytes += text === undefined ? 0 : Buffer.byteLength(text);
    this.#check(field);
  }

  /** Whether so much more of a part can be read. Throws as {@link MailSize.addAttachment} does. */
  checkWith(bytes: number, field: string): void {
    if (this.#bytes + asBase64(bytes) > MOST) throw tooLarge(field);
  }

  #check(field: string): void {
    if (this.#bytes > MOST) throw tooLarge(field);
  }
}

/** Throws {@link InvalidRequestError} for a mail that is larger than its parts promised. */
export function checkSizeOf(mail: Uint8Array): void {
  if (mail.byteLength > MOST) throw tooLarge('mail');
}

function tooLarge(field: string): Error {
  return invalid(field, `makes the mail larger than the ${MOST} bytes (35 MiB) that Gmail takes`);
}
