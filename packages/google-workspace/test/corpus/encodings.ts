import { base64, type CorpusMail, file, multipart, withHead } from './corpus-mail.ts';

const PLAIN = 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding:';
const FLOWED = 'Content-Type: text/plain; charset=utf-8; format=flowed';
const GREETING = base64('Grüße aus der Ferne');

export const ENCODINGS: readonly CorpusMail[] = [
  withHead('base64 with characters of no alphabet', `${PLAIN} base64`, GREETING.replace('c', 'c!*%'), {
    text: 'Grüße aus der Ferne',
  }),
  withHead('base64 without its padding', `${PLAIN} base64`, base64('Grüße').replaceAll('=', ''), {
    text: 'Grüße',
  }),
  withHead('base64 with an empty line in it', `${PLAIN} base64`, GREETING.replace(/(.{8})/, '$1\n\n'), {
    text: 'Grüße aus der Ferne',
  }),
  withHead('base64 with a sentence after its end', `${PLAIN} base64`, `${base64('Hello')}\n\n`, {
    text: 'Hello',
  }),
  withHead('base64 in a single line of 8,000', `${PLAIN} base64`, base64('tide '.repeat(1200)), {
    text: 'tide '.repeat(1200).trimEnd(),
  }),
  withHead('base64 in upper case', `${PLAIN} BASE64`, base64('Hello'), { text: 'Hello' }),
  withHead('base64 in two runs, each padded', `${PLAIN} base64`, `${base64('one.')}\n${base64('two.')}`, {
    text: 'one.two.',
  }),
  withHead('soft line breaks', `${PLAIN} quoted-printable`, 'one =\ntwo=\n three', { text: 'one two three' }),
  withHead('quoted-printable in lower case', `${PLAIN} quoted-printable`, 'Gr=c3=bc=c3=9fe', {
    text: 'Grüße',
  }),
  withHead('quoted-printable that is none', `${PLAIN} quoted-printable`, 'a=b =XY = 100%', {
    text: 'a=b =XY = 100%',
  }),
  withHead(
    'blanks at the end of quoted-printable lines',
    `${PLAIN} quoted-printable`,
    'one   \ntwo=20\nthree',
    {
      text: 'one   \ntwo \nthree',
    },
  ),
  withHead('an encoding that nobody knows', `${PLAIN} x-secret`, 'as it is', { text: 'as it is' }),
  withHead('binary', `${PLAIN} binary`, 'as it is', { text: 'as it is' }),
  withHead('an encoding with a comment', `${PLAIN} base64 (of course)`, base64('Hello'), { text: 'Hello' }),
  multipart(
    'a picture in broken base64',
    'mixed',
    [
      'Content-Type: text/plain\n\nsee',
      'Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\niVBO Rw0K\nGgo',
    ],
    { text: 'see', files: [file('a.png', 'image/png', 'iVBORw0KGgo=')] },
  ),
  withHead('flowed', FLOWED, 'One long \nline.\nTwo.', { text: 'One long line.\nTwo.' }),
  withHead('flowed, delsp', `${FLOWED}; delsp=yes`, '東京 \n都'.replaceAll(/[^\n ]/g, 'x'), { text: 'xxx' }),
  withHead('flowed and stuffed', FLOWED, ' From here\n > no quote', { text: 'From here\n> no quote' }),
  withHead('flowed quotes', FLOWED, '> quoted \n> more\nown', { text: '> quoted > more\nown' }),
  withHead('flowed with a signature', FLOWED, 'Bye \nnow\n-- \nAda', { text: 'Bye now\n-- \nAda' }),
];
