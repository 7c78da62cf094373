import type { ReadMail } from './mail-content.ts';

/** A calendar text in a mail. Programs that leave the method out of the content type have it in the text all the same (RFC 5546 §1.4). */
export function invitationOf(ics: string, method: string | undefined): NonNullable<ReadMail['calendar']> {
  const [, said] = /^METHOD:([\w-]{1,40})\s*$/im.exec(ics) ?? [];
  return { method: (method ?? said)?.toUpperCase(), ics };
}
