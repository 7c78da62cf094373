import { mailDate } from '../mail/complete-mail.ts';
import { type Octets, utf8Octets } from '../mail/octets.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A mail before it is one. */
export interface MailPlan {
  readonly from: Person;
  readonly to: Person;
  readonly cc?: Person;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  /** Ids of the mails before it in the conversation, oldest first. */
  readonly references: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly attachment?: { readonly filename: string; readonly mimeType: string; readonly content: string };
}

const BOUNDARY = '=-context-sandbox-3f9c';

/** A mail in ASCII with short lines: encoded words in its header, base64 in its body. */
export function composeMail(plan: MailPlan): Octets {
  return [...headOf(plan), ...bodyOf(plan), ''].join('\r\n');
}

function headOf({ from, to, cc, subject, messageId, references, at }: MailPlan): string[] {
  const parent = references.at(-1);
  return [
    `From: ${mailboxOf(from)}`,
    `To: ${mailboxOf(to)}`,
    ...(cc ? [`Cc: ${mailboxOf(cc)}`] : []),
    `Subject: ${headerWords(subject)}`,
    `Date: ${mailDate(at)}`,
    `Message-ID: ${messageId}`,
    ...(parent === undefined ? [] : [`In-Reply-To: ${parent}`, `References: ${references.join('\r\n ')}`]),
    'MIME-Version: 1.0',
  ];
}

function bodyOf({ text, attachment }: MailPlan): string[] {
  const plain = leaf('text/plain; charset=utf-8', text);
  if (!attachment) return plain;
  const file = leaf(attachment.mimeType, attachment.content, [
    `Content-Disposition: attachment; filename="${attachment.filename}"`,
  ]);
  return [
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    ...plain,
    `--${BOUNDARY}`,
    ...file,
    `--${BOUNDARY}--`,
  ];
}

function leaf(contentType: string, content: string, headers: readonly string[] = []): string[] {
  return [
    `Content-Type: ${contentType}`,
    'Content-Transfer-Encoding: base64',
    ...headers,
    '',
    ...(btoa(utf8Octets(content)).match(/.{1,76}/g) ?? []),
  ];
}

function mailboxOf({ name, email }: Person): string {
  return `${headerWords(name)} <${email}>`;
}

/** ASCII as it is, other text in encoded words of whole characters and at most 75 octets. */
function headerWords(text: string): string {
  if (/^[\w .:?!&-]*$/.test(text)) return text;
  const words: string[] = [''];
  for (const character of text) {
    const longer = `${words.at(-1)}${character}`;
    if (utf8Octets(longer).length <= 45) words[words.length - 1] = longer;
    else words.push(character);
  }
  return words.map((word) => `=?utf-8?B?${btoa(utf8Octets(word))}?=`).join('\r\n ');
}
