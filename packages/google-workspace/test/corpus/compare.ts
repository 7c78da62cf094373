import { isDeepStrictEqual } from 'node:util';
import type { MailSummary } from './corpus-mail.ts';
import { explainedFields, type OtherReader } from './differences.ts';

const FIELDS = ['from', 'to', 'cc', 'replyTo', 'subject', 'date', 'text', 'html', 'files'] as const;

/** What is not as the table of differences has it, in words: an unexplained difference, or one that isn't there. */
export function unexplained(
  mail: string,
  reader: OtherReader,
  ours: MailSummary,
  theirs: MailSummary,
): string[] {
  const explained = explainedFields(mail, reader);
  const differing = FIELDS.filter((field) => !isDeepStrictEqual(ours[field], theirs[field]));
  // A row of the table is about several mails: of its fields one has to differ.
  const isStale = explained.length > 0 && !explained.some((field) => differing.includes(field));
  return [
    ...differing
      .filter((field) => !explained.includes(field))
      .map(
        (field) =>
          `${field}: ${JSON.stringify(ours[field])} is ${JSON.stringify(theirs[field])} by ${reader}`,
      ),
    ...(isStale ? [`${reader} differs no longer in ${explained.join(', ')}`] : []),
  ];
}
