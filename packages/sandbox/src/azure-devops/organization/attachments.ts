import { type Random, uuidFrom } from '../../random.ts';

/** A file that was uploaded, whether or not a work item links to it. */
export interface Attachment {
  readonly id: string;
  readonly fileName: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes of a chunked upload are missing. */
  missing: number;
}

/** The files of an organization. */
export class Attachments {
  readonly #byId = new Map<string, Attachment>();
  readonly #ids: Random;

  constructor(ids: Random) {
    this.#ids = ids;
  }

  add(fileName: string, bytes: Uint8Array<ArrayBuffer>): Attachment {
    const attachment: Attachment = { id: uuidFrom(this.#ids), fileName, bytes, missing: 0 };
    this.#byId.set(attachment.id, attachment);
    return attachment;
  }

  find(id: string): Attachment | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  delete(id: string): boolean {
    return this.#byId.delete(id.toLowerCase());
  }
}
