/** What a mail says, as far as it is compared. Line ends are LF, and blanks at the end don't count. */
export interface MailSummary {
  from: string;
  to: string[];
  cc: string[];
  replyTo: string[];
  subject: string;
  date: string | undefined;
  text: string | undefined;
  html: string | undefined;
  files: FileSummary[];
}

export interface FileSummary {
  name: string;
  type: string;
  /** The content: a text as it is, other bytes in base64. */
  content: string;
}

/** A mail that is odd in one way, and what a reader should make of it. */
export interface CorpusMail {
  name: string;
  /** Octets: one character (0–255) each. */
  source: string;
  expected: Partial<MailSummary>;
}

export const HEAD =
  'From: Grace <grace@example.com>\nTo: ada@example.com\nSubject: Tide\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n';

/** The octets of a text in UTF-8. */
export function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

export function octets(...bytes: number[]): string {
  return Buffer.from(bytes).toString('latin1');
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A mail with CRLF at each line's end. */
export function mail(name: string, source: string, expected: Partial<MailSummary>): CorpusMail {
  return { name, source: source.replaceAll(/\r?\n/g, '\r\n'), expected };
}

/** A mail with the usual header, and these fields after it. */
export function withHead(
  name: string,
  fields: string,
  body: string,
  expected: Partial<MailSummary>,
): CorpusMail {
  return mail(name, `${HEAD}${fields}\n\n${body}`, expected);
}

/** A mail whose field is the odd one: those of the usual header with that name are left out. */
export function withField(name: string, field: string, expected: Partial<MailSummary>): CorpusMail {
  const [fieldName = ''] = field.split(':');
  const others = HEAD.split('\n').filter(
    (line) => !line.toLowerCase().startsWith(`${fieldName.toLowerCase()}:`),
  );
  return mail(name, `${others.join('\n')}${field}\n\nx\n`, expected);
}

/** A multipart mail of these parts, each with its own fields and body. */
export function multipart(
  name: string,
  type: string,
  parts: readonly string[],
  expected: Partial<MailSummary>,
): CorpusMail {
  return withHead(name, `Content-Type: multipart/${type}; boundary="b1"`, enclosed('b1', parts), expected);
}

export function enclosed(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\n`;
}

export function file(name: string, type: string, content: string): FileSummary {
  return { name, type, content };
}
