import { invalid } from '../errors.ts';

/** Gmail accepts no larger mail: `maxSize` of its uploads in the discovery document, 35 MiB. */
const MAX_BYTES = 36_700_160;

/** The size of so many bytes in base64, in lines of 76 characters and CRLF. */
function asBase64(bytes: number): number {
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + Math.ceil(characters / 76) * 2;
}

/** Adds up the size of a message while its parts are read, so that one that is too large is refused early. */
export class MailSize {
  #bytes = 0;

  /** Throws {@link InvalidRequestError} naming the part that makes the message too large. `bytes` are counted before their encoding. */
  addAttachment(bytes: number, field: string): void {
    this.#bytes += asBase64(bytes);
    this.#check(field);
  }

  /** A body: at least as long as its text, however it is encoded. */
  addBody(text: string | undefined, field: string): void {
    this.#bytes += text === undefined ? 0 : Buffer.byteLength(text);
    this.#check(field);
  }

  /** Checks whether so much more of a part can be read. Throws as {@link MailSize.addAttachment} does. */
  checkWith(bytes: number, field: string): void {
    if (this.#bytes + asBase64(bytes) > MAX_BYTES) throw tooLarge(field);
  }

  #check(field: string): void {
    if (this.#bytes > MAX_BYTES) throw tooLarge(field);
  }
}

/** Throws {@link InvalidRequestError} for a message that is larger than its parts suggested. */
export function checkSizeOf(mail: Uint8Array): void {
  if (mail.byteLength > MAX_BYTES) throw tooLarge('mail');
}

function tooLarge(field: string): Error {
  return invalid(field, `makes the message larger than the ${MAX_BYTES} bytes (35 MiB) that Gmail accepts`);
}
