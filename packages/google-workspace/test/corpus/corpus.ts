import { CHARSETS } from './charsets.ts';
import type { CorpusMail } from './corpus-mail.ts';
import { ENCODINGS } from './encodings.ts';
import { FILE_NAMES } from './file-names.ts';
import { HEADER_FIELDS } from './header-fields.ts';
import { LINES } from './lines.ts';
import { MAILS_IN_MAILS } from './mails-in-mails.ts';
import { STRUCTURES } from './structures.ts';

/** Mails of our own making, each with an oddity that real ones have. */
export const CORPUS: readonly CorpusMail[] = [
  ...CHARSETS,
  ...ENCODINGS,
  ...STRUCTURES,
  ...MAILS_IN_MAILS,
  ...HEADER_FIELDS,
  ...FILE_NAMES,
  ...LINES,
];
