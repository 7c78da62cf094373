import { headerOf, headerText, type MailHeader } from './headers.ts';

/** What a mail says of its conversation. */
export interface ThreadHeaders {
  readonly messageId: string | undefined;
  /** The ids in In-Reply-To. */
  readonly inReplyTo: readonly string[];
  /** The ids in References. */
  readonly references: readonly string[];
  /** The subject without `Re:` in front, however often it stands there. */
  readonly subject: string;
}

export function threadHeadersOf(headers: readonly MailHeader[]): ThreadHeaders {
  const idsIn = (name: string): string[] => headerOf(headers, name)?.match(/<[^<> \t]+>/g) ?? [];
  return {
    messageId: idsIn('message-id')[0],
    inReplyTo: idsIn('in-reply-to'),
    references: idsIn('references'),
    subject: headerText(headerOf(headers, 'subject') ?? '')
      .replace(/^(\s*re\s*:)+/i, '')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}
