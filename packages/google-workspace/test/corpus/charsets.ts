import { base64, type CorpusMail, octets, utf8, withHead } from './corpus-mail.ts';

function inCharset(charset: string, encoding: string, body: string, text: string): CorpusMail {
  const fields = `Content-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: ${encoding}`;
  return withHead(`charset ${charset} in ${encoding}`, fields, body, { text });
}

export const CHARSETS: readonly CorpusMail[] = [
  inCharset('utf-8', '8bit', utf8('Grüße aus 東京 🚀'), 'Grüße aus 東京 🚀'),
  inCharset('UTF-8', 'quoted-printable', 'Gr=C3=BC=C3=9Fe', 'Grüße'),
  inCharset('"utf-8"', 'base64', base64('Grüße aus 東京'), 'Grüße aus 東京'),
  inCharset('utf8', '8bit', utf8('naïve'), 'naïve'),
  inCharset('iso-8859-1', 'quoted-printable', 'Gr=FC=DFe', 'Grüße'),
  inCharset('iso-8859-15', 'quoted-printable', '5 =A4', '5 €'),
  inCharset('windows-1252', '8bit', octets(0x93, 0x68, 0x69, 0x94, 0x20, 0x80), '“hi” €'),
  inCharset('cp1252', 'quoted-printable', '=93hi=94', '“hi”'),
  inCharset('iso-8859-2', 'quoted-printable', 'Za=BF=F3=B3=E6', 'Zażółć'),
  inCharset('windows-1250', 'quoted-printable', 'P=F8=EDli=9A', 'Příliš'),
  inCharset('windows-1251', '8bit', octets(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), 'Привет'),
  inCharset('koi8-r', '8bit', octets(0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4), 'Привет'),
  inCharset('koi8-u', 'quoted-printable', '=F0=D2=C9=D7=A6=D4', 'Привіт'),
  inCharset('iso-8859-7', 'quoted-printable', '=C3=E5=E9=DC', 'Γειά'),
  inCharset('iso-8859-8-i', 'quoted-printable', '=F9=EC=E5=ED', 'שלום'),
  inCharset('windows-1256', 'quoted-printable', '=E3=D1=CD=C8=C7', 'مرحبا'),
  inCharset('iso-8859-9', 'quoted-printable', '=FE=FD=F0', 'şığ'),
  inCharset('tis-620', 'quoted-printable', '=CA=C7=D1=CA=B4=D5', 'สวัสดี'),
  inCharset('shift_jis', 'base64', Buffer.from([0x93, 0x8c, 0x8b, 0x9e]).toString('base64'), '東京'),
  inCharset('iso-2022-jp', '7bit', '\x1b$BEl5~\x1b(B desu', '東京 desu'),
  inCharset('euc-jp', '8bit', octets(0xc5, 0xec, 0xb5, 0xfe), '東京'),
  inCharset('euc-kr', 'quoted-printable', '=BC=AD=BF=EF', '서울'),
  inCharset('ks_c_5601-1987', '8bit', octets(0xbc, 0xad, 0xbf, 0xef), '서울'),
  inCharset('gb2312', 'quoted-printable', '=B1=B1=BE=A9', '北京'),
  inCharset('gb18030', '8bit', octets(0xb1, 0xb1, 0xbe, 0xa9), '北京'),
  inCharset('big5', '8bit', octets(0xa5, 0x78, 0xa5, 0x5f), '台北'),
  inCharset('utf-16le', 'base64', Buffer.from('Grüße', 'utf16le').toString('base64'), 'Grüße'),
  inCharset('macintosh', 'quoted-printable', 'Gr=9F=A7e', 'Grüße'),
  inCharset('us-ascii', '7bit', 'plain', 'plain'),
  inCharset('x-unknown', 'quoted-printable', 'plain =C3=BC', 'plain Ã¼'),
  inCharset('', '8bit', utf8('ohne'), 'ohne'),
  withHead('charset us-ascii, and yet UTF-8', 'Content-Type: text/plain; charset=us-ascii', utf8('Grüße'), {
    text: 'GrÃ¼ÃŸe',
  }),
  withHead('no charset, and yet UTF-8', 'Content-Type: text/plain', utf8('Grüße'), { text: 'Grüße' }),
  withHead('a byte order mark', 'Content-Type: text/plain; charset=utf-8', utf8('\ufeffGrüße'), {
    text: 'Grüße',
  }),
  withHead(
    'HTML whose meta names another charset than its part',
    'Content-Type: text/html; charset=utf-8',
    utf8('<meta charset="iso-8859-1"><p>Grüße</p>'),
    { text: undefined, html: '<meta charset="iso-8859-1"><p>Grüße</p>' },
  ),
  withHead('octets that are no UTF-8', 'Content-Type: text/plain; charset=utf-8', 'a\xffb', {
    text: 'a\ufffdb',
  }),
];
