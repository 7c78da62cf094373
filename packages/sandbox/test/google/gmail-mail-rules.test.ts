import { describe, expect, test } from 'vitest';
import { ADA, FRIEND, mail, onlyText, raw, refusalOf, sendRaw, setUpGmail } from './gmail-support.ts';

/** What the strict sandbox says to these octets (a string: one octet per character) as a draft. */
async function refusal(source: string): Promise<unknown> {
  const { api } = setUpGmail({}, { strict: true });
  const octets = Buffer.from(source, 'latin1');
  const answer = await api('POST /drafts', { message: { raw: raw(octets) } });
  return answer.status === 200 ? undefined : refusalOf(answer);
}

const refused = (message: string): object => ({ status: 400, reason: 'invalidArgument', message });
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

describe('20.sandbox: google.mail', () => {
  const LIKE_GOOGLES_SAMPLE = Buffer.from(
    `From: me\nTo: ${FRIEND}\nSubject: Grüße — 展覧会, für alle\n\nHello.\n`,
  );

  test.each([
    ['gmail', []],
    [undefined, []],
    [
      'strict',
      [
        'Invalid line ending: every CR and LF must be a CRLF pair',
        'Invalid From header',
        'Invalid Subject header',
      ],
    ],
  ] as const)('%s: LF, From: me and a Subject in UTF-8 are mended', async (rules, problems) => {
    const { api, gmail, sandbox } = setUpGmail(rules && { mail: rules });
    const sent = await api('POST /messages/send', { raw: raw(LIKE_GOOGLES_SAMPLE) });
    expect(sent.status).toBe(200);
    const source = onlyText(gmail.messages());
    expect(source).not.toMatch(/(?<!\r)\n|[\u0080-\uffff]/);
    expect(source).toMatch(new RegExp(`^From: ${ADA}\r$`, 'm'));
    expect(
      source
        .match(/=\?UTF-8\?B\?[^?]+\?=/g)
        ?.map(wordText)
        .join(''),
    ).toBe('Grüße — 展覧会, für alle');
    expect(sandbox.violations.map(({ problem }) => problem)).toEqual(problems);
  });

  test('an address that nobody can send to is refused by either', async () => {
    for (const rules of ['gmail', 'strict'] as const) {
      const { api } = setUpGmail({ mail: rules });
      expect(refusalOf(await sendRaw(api, 'To: nobody\n\nx'))).toEqual(refused('Invalid To header'));
    }
  });
});

describe('with strict, a mail is refused', () => {
  test.each([
    ['a bare LF in the header', 'To: a@b.example\nSubject: x\r\n\r\n'],
    ['a bare LF in the body', 'To: a@b.example\r\n\r\none\ntwo'],
    ['a bare CR', 'To: a@b.example\r\n\r\none\rtwo'],
    ['LF before CR', 'To: a@b.example\r\n\r\none\n\rtwo'],
  ])('for %s', async (_, source) => {
    expect(await refusal(source)).toEqual(
      refused('Invalid line ending: every CR and LF must be a CRLF pair'),
    );
  });

  test('for a line of more than 998 octets, in header and body', async () => {
    const line = (length: number): string => `Subject: ${'x'.repeat(length - 'Subject: '.length)}`;
    expect(await refusal(`${line(998)}\r\n\r\n${'y'.repeat(998)}\r\n`)).toBeUndefined();
    expect(await refusal(`To: ${FRIEND}\r\n${line(999)}\r\n\r\n`)).toEqual(
      refused('Invalid line 2: more than 998 octets'),
    );
    expect(await refusal(`To: ${FRIEND}\r\n\r\n${'y'.repeat(999)}`)).toEqual(
      refused('Invalid line 3: more than 998 octets'),
    );
  });

  test('for NUL', async () => {
    expect(await refusal(mail({ To: FRIEND }, 'a\0b'))).toEqual(refused('Invalid character: NUL'));
  });

  test('for a header line that is no field', async () => {
    for (const line of ['no colon', ': no name', 'Two words: x', utf8('Sübject: x')]) {
      expect(await refusal(`To: ${FRIEND}\r\n${line}\r\n\r\n`)).toEqual(
        refused('Invalid header: a line is no header field'),
      );
    }
    expect(await refusal(' folded at once\r\n\r\n')).toEqual(
      refused('Invalid header: a line is no header field'),
    );
  });

  test.each([
    ['Subject', mail({ To: FRIEND, Subject: utf8('Grüße') })],
    ['Subject', mail({ To: FRIEND, subject: 'Gr\u00fc\u00dfe in Latin-1' })],
    ['To', mail({ To: utf8('Jörg <jorg@example.org>') })],
    ['To', mail({ To: utf8('jorg@exämple.org') })],
    ['Cc', mail({ Cc: 'j\u00f6rg@example.org' })],
    ['Content-Disposition', multipart({ 'Content-Disposition': utf8('attachment; filename="Grüße.txt"') })],
  ])('for 8-bit octets in %s', async (name, source) => {
    expect(await refusal(source)).toEqual(refused(`Invalid ${name} header`));
  });

  test('for none where an address is UTF-8 from its local part on, or the body is 8-bit', async () => {
    expect(
      await refusal(
        mail({ To: utf8('à@example.org, jörg@example.org, Jorg <用户@例子.example>') }, utf8('Grüße')),
      ),
    ).toBeUndefined();
  });

  test.each([
    'human@f',
    'human',
    '@example.org',
    'a@b@example.org',
    'a b@example.org',
    'a..b@example.org',
    'a@example..org',
    'a@-example.org',
    '<a@example.org',
    'a@example.org>',
    'A <a@example.org> B',
    'A <a@example.org, b@example.org>',
    'a@example.org b@example.org',
    'a@example.org; b@example.org',
    '"unfinished <a@example.org>',
    'a@example.org (unfinished',
    'Group: a@example.org',
    '=?utf-8?Q?a=40example.org?=',
  ])('for To: %s', async (value) => {
    expect(await refusal(mail({ To: value }))).toEqual(refused('Invalid To header'));
  });

  test('for a second field of a kind that there is one of: that is how header injection looks', async () => {
    for (const name of ['To', 'Bcc', 'Subject', 'From', 'References']) {
      const value = name === 'Subject' ? 'x' : '<a@example.org>';
      expect(await refusal(`${name}: ${value}\r\n${name.toLowerCase()}: ${value}\r\n\r\n`)).toEqual(
        refused(`Invalid ${name} header`),
      );
    }
    expect(await refusal('Received: x\r\nReceived: y\r\n\r\n')).toBeUndefined();
  });
});

function wordText(word: string): string {
  return Buffer.from(word.split('?')[3] ?? '', 'base64').toString();
}

function multipart(partHeaders: Record<string, string>): string {
  const part = mail({ 'Content-Type': 'text/plain', ...partHeaders }, 'x');
  return mail({ 'Content-Type': 'multipart/mixed; boundary="b"' }, `--b\r\n${part}\r\n--b--\r\n`);
}
