import { readAddressList } from './address-list.ts';
import { mailProblem } from './check-mail.ts';
import { headersNamed, readEntity } from './headers.ts';
import type { Octets } from './octets.ts';

/** Whether a mail that breaks RFC 5322 is refused, or mended as Gmail does. */
export type MailRules = 'gmail' | 'strict';

/** A mail as Gmail takes it, and what was wrong with it, in words. */
export interface MendedMail {
  readonly source: Octets;
  readonly problems: readonly string[];
  /** What Gmail refuses, too. */
  readonly refusal: string | undefined;
}

/** Ends every line with CRLF. The rest is kept, but an address that nobody can send to is refused. */
export function mendMail(raw: Octets): MendedMail {
  const source = raw.replaceAll(/\r\n|\r|\n/g, '\r\n');
  const ends = source === raw ? [] : ['Invalid line ending: every CR and LF must be a CRLF pair'];
  const other = mailProblem(source);
  const problems = other === undefined ? ends : [...ends, other];
  return { source, problems, refusal: recipientProblem(source) };
}

function recipientProblem(source: Octets): string | undefined {
  const { headers } = readEntity(source);
  const wrong = ['To', 'Cc', 'Bcc'].find((name) =>
    headersNamed(headers, name).some(
      ({ value }) => (readAddressList(value) ?? readAddressList(textOnly(value))) === undefined,
    ),
  );
  return wrong && `Invalid ${wrong} header`;
}

/** Octets beyond ASCII are letters of a name. */
function textOnly(value: string): string {
  return value.replaceAll(/[\u0080-\u00ff]+/g, 'x');
}
