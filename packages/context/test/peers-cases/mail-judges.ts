import { type MailAddress, readMail, type ReadMail } from '@context-sdk/google-workspace';
import type { PeerCase } from './case-files.ts';

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function read(text: string): Promise<ReadMail> {
  return await readMail({ id: '1', threadId: '1', raw: Buffer.from(text, 'utf8').toString('base64url') });
}

/** A header's value, as the subject shows it. */
export async function header({ value }: PeerCase): Promise<string> {
  return (await read(`Subject: ${asText(value)}\r\n\r\ntext`)).subject;
}

async function attachmentName(parameters: string): Promise<string | undefined> {
  const head = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/pdf';
  const found = await read(`${head}${parameters}\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n`);
  return found.attachments[0]?.filename;
}

/** The parameters of a part, as the name of its file shows them. */
export async function fileName({ value }: PeerCase): Promise<string | undefined> {
  return await attachmentName(asText(value));
}

/** A parameter in percent-encoding (RFC 2231). */
export async function parameter({ value, charset }: PeerCase): Promise<string | undefined> {
  return await attachmentName(`; name*=${asText(charset)}''${asText(value)}`);
}

/** The addresses of a header, with what the case names of each. */
export async function addresses({ value, expected }: PeerCase): Promise<Partial<MailAddress>[]> {
  const { to } = await read(`To: ${asText(value)}\r\n\r\ntext`);
  const wanted = Array.isArray(expected) ? (expected as Partial<MailAddress>[]) : [];
  return to.map((address, index) => named(address, wanted[index] ?? {}));
}

/** A whole mail: its text, html and subject, and its first file. */
export async function mail({ expected, ...given }: PeerCase): Promise<object> {
  const { attachments, ...found } = await read(asText(given['mail']));
  const [file] = attachments;
  const all = { ...found, filename: file?.filename, contentType: file?.contentType };
  // Their readers end a text without its last line break.
  const trimmed = { ...all, text: all.text?.replaceAll('\r\n', '\n').trimEnd(), html: all.html?.trimEnd() };
  return named(trimmed, Object(expected) as object);
}

function named<T extends object>(value: T, wanted: object): Partial<T> {
  const entries = Object.entries(value).filter(([name]) => name in wanted);
  return Object.fromEntries(entries) as Partial<T>;
}
