import { type CorpusMail, HEAD, mail, withHead } from './corpus-mail.ts';

const PLAIN = 'Content-Type: text/plain';

function asItIs(name: string, source: string, expected: CorpusMail['expected']): CorpusMail {
  return { name, source, expected };
}

export const LINES: readonly CorpusMail[] = [
  asItIs('line feeds alone', `${HEAD}\none\ntwo\n`, { subject: 'Tide', text: 'one\ntwo' }),
  asItIs(
    'line feeds in a multipart',
    `${HEAD}Content-Type: multipart/mixed; boundary=b1\n\n--b1\n${PLAIN}\n\none\n--b1\n${PLAIN}; name=n.txt\nContent-Disposition: attachment; filename=n.txt\n\ntwo\n--b1--\n`,
    {
      text: 'one',
      files: [{ name: 'n.txt', type: 'text/plain', content: 'two' }],
    },
  ),
  asItIs('line feeds after a header with CRLF', `${HEAD.replaceAll('\n', '\r\n')}\r\none\ntwo\n`, {
    text: 'one\ntwo',
  }),
  withHead('a header of 100 kB', `X-Huge: ${'x'.repeat(100_000)}`, 'plain', {
    subject: 'Tide',
    text: 'plain',
  }),
  withHead('a folded header of 100 kB', `X-Huge: ${'xxxxxxxxx\n '.repeat(10_000)}x`, 'plain', {
    text: 'plain',
  }),
  mail(
    '1,000 relays',
    `${'Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0000\n'.repeat(1000)}${HEAD}\nplain`,
    { text: 'plain' },
  ),
  withHead('a line of 20,000', PLAIN, 'x'.repeat(20_000), { text: 'x'.repeat(20_000) }),
  withHead('a NUL', PLAIN, 'a\0b', { text: 'a\0b' }),
  withHead('lines that look like a mailbox file', PLAIN, 'one\nFrom me to you\n>From\n.\nend', {
    text: 'one\nFrom me to you\n>From\n.\nend',
  }),
  mail('a mailbox file’s first line', `From grace@example.com Mon Nov 23 10:00:00 2026\n${HEAD}\nplain`, {
    subject: 'Tide',
    text: 'plain',
  }),
  mail('a header line that is none', `${HEAD}no field at all\nX-After: yes\n\nplain`, { text: 'plain' }),
  mail('a blank before the colon', `${HEAD.replace('Subject:', 'Subject :')}\nplain`, { subject: 'Tide' }),
  mail('names in capitals', `${HEAD.replace('Subject:', 'SUBJECT:').replace('From:', 'FROM:')}\nplain`, {
    from: 'Grace <grace@example.com>',
    subject: 'Tide',
  }),
  mail('no blank after the colon', `${HEAD.replaceAll(': ', ':')}\nplain`, {
    subject: 'Tide',
    text: 'plain',
  }),
  mail('no date', `${HEAD.replace(/Date:.*\n/, '')}\nplain`, { text: 'plain' }),
  mail('no author', `${HEAD.replace(/From:.*\n/, '')}\nplain`, { from: '' }),
  mail('no subject', `${HEAD.replace(/Subject:.*\n/, '')}\nplain`, { subject: '' }),
  mail('two subjects', `${HEAD}Subject: Second\n\nplain`, { subject: 'Tide' }),
  withHead('blank lines at both ends', PLAIN, '\n\none\n\ntwo\n\n\n', { text: '\n\none\n\ntwo' }),
];
