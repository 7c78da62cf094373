import type { MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';

/** The part of nodemailer that we use: it writes mails, and sends none. */
export interface Composer {
  compile(options: MailComposerOptions): MimeNode;
  /** The content type by a file name's ending. */
  typeOf(filename: string): string;
}

/** nodemailer, loaded with the first mail: a process that only reads never needs it. */
export async function loadComposer(): Promise<Composer> {
  const [{ default: MailComposer }, { detectMimeType }] = await Promise.all([
    import('nodemailer/lib/mail-composer'),
    import('nodemailer/lib/mime-funcs'),
  ]);
  return {
    compile: (options) => new MailComposer(options).compile(),
    typeOf: (filename) => detectMimeType(filename),
  };
}
