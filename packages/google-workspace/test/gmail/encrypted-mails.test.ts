import { type Message, readMail } from '@context-sdk/google-workspace';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

/** Mails that only their reader can open: RFC 8551, and Gmail's client-side encryption, which writes the same. */

const server = useSandbox();
const HEAD = 'From: Kim <kim@elsewhere.example>\nTo: ada@example.com\nSubject: Plans\nMIME-Version: 1.0';
const P7M = 'MIIBAAEC';

const MAILS: Record<
  string,
  [source: string, text: string | undefined, files: [name: string, type: string][]]
> = {
  'signed by S/MIME': [
    `${HEAD}\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\nContent-Transfer-Encoding: base64\n\n${P7M}\n--b--\n`,
    'plain',
    [['smime.p7s', 'application/pkcs7-signature']],
  ],
  'encrypted by S/MIME': [
    `${HEAD}\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n${P7M}\n`,
    undefined,
    [['smime.p7m', 'application/pkcs7-mime']],
  ],
  'signed opaquely': [
    `${HEAD}\nContent-Type: application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n${P7M}\n`,
    undefined,
    [['smime.p7m', 'application/x-pkcs7-mime']],
  ],
  'encrypted in Gmail by the client, with authenticated data': [
    `${HEAD}\nContent-Type: application/pkcs7-mime; smime-type=authEnveloped-data; name="smime.p7m"\nContent-Disposition: attachment; filename="smime.p7m"\nContent-Transfer-Encoding: base64\n\n${P7M}\n`,
    undefined,
    [['smime.p7m', 'application/pkcs7-mime']],
  ],
  'encrypted by PGP': [
    `${HEAD}\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted; name=version.asc\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--b--\n`,
    undefined,
    [
      ['version.asc', 'application/pgp-encrypted'],
      ['encrypted.asc', 'application/octet-stream'],
    ],
  ],
};

test.each(Object.entries(MAILS))(
  '20.reading: a mail %s, through client.fetch',
  async (_, [source, text, files]) => {
    const { sandbox, gmail } = await server.start({ sandbox: { seed: 'empty' } });
    const { id } = sandbox.google.testUser().gmail.receive(source);
    for (const format of ['full', 'raw']) {
      const response = await gmail.fetch(`/gmail/v1/users/me/messages/${id}?format=${format}`);
      const mail = await readMail((await response.json()) as Message);
      expect(mail.text?.trim()).toBe(text);
      expect(mail).toMatchObject({
        html: undefined,
        subject: 'Plans',
        from: { address: 'kim@elsewhere.example' },
      });
      expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual(files);
    }
    // It can be answered, and passed on with what its reader opens it by.
    const { mail: reply } = await gmail.threads.reply(
      sandbox.google.testUser().gmail.messages()[0]?.threadId ?? '',
      {
        text: 'Yes',
      },
    );
    expect(reply).toMatchObject({ subject: 'Re: Plans', to: [{ address: 'kim@elsewhere.example' }] });
    const { mail: forwarded } = await gmail.messages.forward(id, { to: 'grace@example.com' });
    expect(forwarded.attachments).toHaveLength(files.length);
  },
);
