import { type CorpusMail, file, multipart, utf8 } from './corpus-mail.ts';

const TEXT = 'Content-Type: text/plain\n\nplain';

function named(what: string, disposition: string, name: string, type = 'application/pdf'): CorpusMail {
  const part = `Content-Type: ${type}\nContent-Disposition: attachment${disposition}\nContent-Transfer-Encoding: base64\n\nAAEC`;
  return multipart(`file name: ${what}`, 'mixed', [TEXT, part], {
    text: 'plain',
    files: [file(name, type.split(';')[0] ?? '', 'AAEC')],
  });
}

export const FILE_NAMES: readonly CorpusMail[] = [
  named('plain', '; filename=a.pdf', 'a.pdf'),
  named('RFC 2231', "; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", 'Grüße.pdf'),
  named('RFC 2231 in Latin-1, with a language', "; filename*=iso-8859-1'de'Gr%FC%DFe.pdf", 'Grüße.pdf'),
  named(
    'RFC 2231 in pieces',
    ';\n filename*0*=utf-8\'\'Gr%C3%BC;\n filename*1*=%C3%9Fe;\n filename*2=".pdf"',
    'Grüße.pdf',
  ),
  named(
    'RFC 2231 in pieces, a character cut',
    ";\n filename*0*=utf-8''Gr%C3;\n filename*1*=%BC.pdf",
    'Grü.pdf',
  ),
  named('RFC 2231 in pieces, plain', ';\n filename*0="long ";\n filename*1="name.pdf"', 'long name.pdf'),
  named(
    'RFC 2231 in pieces, the second first',
    ';\n filename*1=name.pdf;\n filename*0=long-',
    'long-name.pdf',
  ),
  named(
    'eleven pieces',
    Array.from({ length: 11 }, (_, at) => `;\n filename*${at}=${'abcdefghijk'[at]}`).join(''),
    'abcdefghijk',
  ),
  named('both kinds', '; filename="Gr__e.pdf"; filename*=utf-8\'\'Gr%C3%BC%C3%9Fe.pdf', 'Grüße.pdf'),
  named('an encoded word', '; filename="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="', 'Grüße.pdf'),
  named('encoded words without quotes', ';\n filename==?utf-8?b?R3LDvMOfZQ==?=', 'Grüße'),
  named(
    'several encoded words',
    ';\n filename="=?utf-8?q?Gr=C3=BC?=\n =?utf-8?q?=C3=9Fe.pdf?="',
    'Grüße.pdf',
  ),
  named('UTF-8', utf8('; filename="Grüße.pdf"'), 'Grüße.pdf'),
  named('a semicolon in quotes', '; filename="a; b.pdf"', 'a; b.pdf'),
  named('an escaped quote', '; filename="a \\"b\\".pdf"', 'a "b".pdf'),
  named('blanks without quotes', '; filename=a b.pdf', 'a b.pdf'),
  named('a path', '; filename="../../etc/passwd"', '../../etc/passwd'),
  named('empty', '; filename=""', ''),
  named('none', '', ''),
  named('only in the type', '', 'a.pdf', 'application/pdf; name="a.pdf"'),
  named('encoded in the type', '', 'Grüße.pdf', 'application/pdf; name="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="'),
  named('RFC 2231 in the type', '', 'Grüße.pdf', "application/pdf; name*=utf-8''Gr%C3%BC%C3%9Fe.pdf"),
  named('300 characters', `; filename="${'x'.repeat(300)}.pdf"`, `${'x'.repeat(300)}.pdf`),
  named('a charset that nobody knows', "; filename*=x-unknown''a%62c.pdf", 'abc.pdf'),
  named('percent signs that are no code', "; filename*=utf-8''100%.pdf", '100%.pdf'),
];
