import { base64, type CorpusMail, enclosed, file, HEAD, mail, multipart, withHead } from './corpus-mail.ts';

const TEXT = 'Content-Type: text/plain\n\nplain';
const HTML = 'Content-Type: text/html\n\n<b>rich</b>';
const PDF =
  'Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nAAEC';
const LOGO =
  'Content-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=';
const A_PDF = file('a.pdf', 'application/pdf', 'AAEC');
const A_LOGO = file('logo.png', 'image/png', 'iVBORw0KGgo=');
const nested = (type: string, boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${type}; boundary=${boundary}\n\n${enclosed(boundary, parts)}`;

export const STRUCTURES: readonly CorpusMail[] = [
  multipart('alternative', 'alternative', [TEXT, HTML], { text: 'plain', html: '<b>rich</b>', files: [] }),
  multipart('alternative, HTML first', 'alternative', [HTML, TEXT], { text: 'plain', html: '<b>rich</b>' }),
  multipart('mixed', 'mixed', [TEXT, PDF], { text: 'plain', files: [A_PDF] }),
  multipart('related', 'related', [HTML, LOGO], { html: '<b>rich</b>', files: [A_LOGO] }),
  multipart(
    'mixed, related, alternative',
    'mixed',
    [nested('related', 'b2', [nested('alternative', 'b3', [TEXT, HTML]), LOGO]), PDF],
    { text: 'plain', html: '<b>rich</b>', files: [A_LOGO, A_PDF] },
  ),
  multipart('related inside alternative', 'alternative', [TEXT, nested('related', 'b2', [HTML, LOGO])], {
    text: 'plain',
    html: '<b>rich</b>',
    files: [A_LOGO],
  }),
  withHead('no last boundary', 'Content-Type: multipart/mixed; boundary=b1', `--b1\n${TEXT}\n--b1\n${PDF}`, {
    text: 'plain',
    files: [A_PDF],
  }),
  withHead('no boundary at all', 'Content-Type: multipart/mixed', `--b1\n${TEXT}\n--b1--\n`, {}),
  withHead('a boundary that never comes', 'Content-Type: multipart/mixed; boundary=b1', 'only this', {}),
  withHead(
    'a boundary of odd characters',
    `Content-Type: multipart/mixed;\n boundary="=_b:1?(2)'+/,.-= x"`,
    enclosed("=_b:1?(2)'+/,.-= x", [TEXT, PDF]),
    { text: 'plain', files: [A_PDF] },
  ),
  multipart(
    'a boundary that another begins with',
    'mixed',
    [nested('alternative', 'b12', [TEXT, HTML]), PDF],
    {
      text: 'plain',
      html: '<b>rich</b>',
      files: [A_PDF],
    },
  ),
  withHead(
    'words before and after the parts',
    'Content-Type: multipart/mixed; boundary=b1',
    `This is a MIME mail.\n${enclosed('b1', [TEXT])}And a list's footer.\n`,
    { text: 'plain', files: [] },
  ),
  multipart('a part without header', 'mixed', ['\nplain', PDF], { text: 'plain', files: [A_PDF] }),
  multipart('an empty part', 'mixed', [TEXT, ''], { text: 'plain' }),
  multipart('no parts', 'mixed', [], { text: undefined, html: undefined, files: [] }),
  multipart('parallel', 'parallel', [TEXT, PDF], { text: 'plain', files: [A_PDF] }),
  multipart('two texts around a picture', 'mixed', [TEXT, LOGO, 'Content-Type: text/plain\n\nmore'], {
    text: 'plain\n\nmore',
    files: [A_LOGO],
  }),
  multipart('two HTML parts', 'mixed', [HTML, HTML], { html: '<b>rich</b>\n\n<b>rich</b>' }),
  multipart('HTML above a list’s footer', 'mixed', [HTML, TEXT], {
    text: 'rich\n\nplain',
    html: '<b>rich</b>\n\n<div>plain</div>',
    files: [],
  }),
  multipart(
    'alternatives above a list’s footer',
    'mixed',
    [nested('alternative', 'b2', [TEXT, HTML]), 'Content-Type: text/plain\n\nfooter'],
    { text: 'plain\n\nfooter', files: [] },
  ),
  multipart(
    'twenty levels',
    'mixed',
    [
      Array.from({ length: 20 }, (_, at) => `n${at}n`).reduce(
        (inner, at) => nested('mixed', at, [inner]),
        TEXT,
      ),
    ],
    { text: 'plain', files: [] },
  ),
  multipart(
    'a text that is a file',
    'mixed',
    [TEXT, 'Content-Type: text/plain; name=n.txt\nContent-Disposition: attachment; filename=n.txt\n\nfile'],
    { text: 'plain', files: [file('n.txt', 'text/plain', 'file')] },
  ),
  multipart(
    'an inline text without a name',
    'mixed',
    [TEXT, 'Content-Type: text/plain\nContent-Disposition: inline\n\nmore'],
    {
      text: 'plain\n\nmore',
      files: [],
    },
  ),
  multipart(
    'HTML that is a file',
    'mixed',
    [
      TEXT,
      'Content-Type: text/html; name=a.html\nContent-Disposition: attachment; filename=a.html\n\n<i>file</i>',
    ],
    {
      text: 'plain',
      html: undefined,
      files: [file('a.html', 'text/html', '<i>file</i>')],
    },
  ),
  multipart(
    'a file without type',
    'mixed',
    [TEXT, 'Content-Disposition: attachment; filename=a.bin\nContent-Transfer-Encoding: base64\n\nAAEC'],
    {
      text: 'plain',
    },
  ),
  withHead('a type without subtype', 'Content-Type: text', 'plain', { text: 'plain', files: [] }),
  withHead('a type with empty parameters', 'Content-Type: text/plain;; charset=utf-8;', 'plain', {
    text: 'plain',
  }),
  withHead('TEXT/PLAIN', 'CONTENT-TYPE: TEXT/PLAIN; CHARSET=UTF-8', 'plain', { text: 'plain' }),
  withHead(
    'a picture alone',
    'Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64',
    'iVBORw0KGgo=',
    {
      text: undefined,
      files: [file('a.png', 'image/png', 'iVBORw0KGgo=')],
    },
  ),
  withHead('HTML alone', 'Content-Type: text/html; charset=utf-8', '<b>rich</b>', {
    text: undefined,
    html: '<b>rich</b>',
  }),
  withHead('an empty mail', 'Content-Type: text/plain', '', { files: [] }),
  mail('a header without a body', HEAD.trimEnd(), { subject: 'Tide', files: [] }),
  mail('no MIME at all', 'From: grace@example.com\nTo: ada@example.com\nSubject: Tide\n\nplain', {
    text: 'plain',
  }),
  multipart(
    'a card',
    'mixed',
    [
      TEXT,
      'Content-Type: text/vcard; name=ada.vcf\nContent-Disposition: attachment; filename=ada.vcf\n\nBEGIN:VCARD\nEND:VCARD',
    ],
    {
      text: 'plain',
      files: [file('ada.vcf', 'text/vcard', 'BEGIN:VCARD\nEND:VCARD')],
    },
  ),
  multipart(
    'AMP beside HTML',
    'alternative',
    [TEXT, 'Content-Type: text/x-amp-html\n\n<html amp4email></html>', HTML],
    {
      text: 'plain',
      html: '<b>rich</b>',
      files: [],
    },
  ),
  multipart(
    'Outlook’s winmail.dat',
    'mixed',
    [
      TEXT,
      'Content-Type: application/ms-tnef; name=winmail.dat\nContent-Disposition: attachment; filename=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig==',
    ],
    { text: 'plain', files: [file('winmail.dat', 'application/ms-tnef', 'eJ8+Ig==')] },
  ),
  multipart('the same name twice', 'mixed', [TEXT, PDF, PDF], { files: [A_PDF, A_PDF] }),
  multipart(
    'base64 of a multipart, which is forbidden',
    'mixed',
    [`Content-Transfer-Encoding: base64\n${nested('alternative', 'b2', [TEXT, HTML])}`],
    {},
  ),
  multipart(
    'an empty file',
    'mixed',
    [
      TEXT,
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\n',
    ],
    {
      files: [file('a.pdf', 'application/pdf', '')],
    },
  ),
  multipart(
    'a link in place of content',
    'mixed',
    [
      TEXT,
      'Content-Type: message/external-body; access-type=URL;\n URL="https://example.org/a"\n\nContent-Type: image/png\n\n',
    ],
    {
      text: 'plain',
    },
  ),
  multipart(
    'text in base64 beside HTML in quoted-printable',
    'alternative',
    [
      `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64('Grüße')}`,
      'Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3D"a">Gr=C3=BC=C3=9Fe</p>',
    ],
    {
      text: 'Grüße',
      html: '<p class="a">Grüße</p>',
    },
  ),
];
