import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import PostalMime, { type Address, decodeWords } from 'postal-mime';
import { type MailAsRead, type Mailbox, withoutEnd, withTightNames } from './any-mail.ts';

/** Whether the machine has a Python to read with. */
export const hasPython: boolean = spawnSync('python3', ['--version']).status === 0;

const READ_MAILS = fileURLToPath(new URL('read_mails.py', import.meta.url));

/**
 * What Python's email package makes of the mails, in one process. Names are without blanks: Python 3.11 puts some between two encoded
 * words of one name, against RFC 2047 §6.2.
 */
export function readByPython(mails: readonly Buffer[]): MailAsRead[] {
  const input = mails.map((bytes) => `${bytes.toString('base64')}\n`).join('');
  const { stdout, stderr, status } = spawnSync('python3', [READ_MAILS], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => withTightNames(JSON.parse(line) as MailAsRead));
}

export async function readByPostalMime(bytes: Buffer): Promise<MailAsRead> {
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  const invite = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  const [from = ['', '']] = flat(mail.from && [mail.from]);
  return {
    from,
    to: flat(mail.to),
    cc: flat(mail.cc),
    bcc: flat(mail.bcc),
    replyTo: flat(mail.replyTo),
    subject: mail.subject ?? '',
    note: decodeWords(mail.headers.find(({ key }) => key === 'x-note')?.value ?? ''),
    text: withoutEnd(mail.text),
    html: withoutEnd(mail.html),
    calendar: invite === undefined ? '' : withoutEnd(bytesOf(invite.content).toString()),
    files: mail.attachments
      .filter((one) => one !== invite)
      .map(({ filename, content }) => ({
        name: filename ?? '',
        content: bytesOf(content).toString('base64'),
      })),
  };
}

function bytesOf(content: string | ArrayBuffer | Uint8Array): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));
}

function flat(list: readonly Address[] = []): Mailbox[] {
  return list.flatMap((one) => (one.group ?? [one]).map(({ name, address }): Mailbox => [name, address]));
}
