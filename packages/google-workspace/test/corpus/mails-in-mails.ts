import { base64, type CorpusMail, enclosed, file, multipart, withHead } from './corpus-mail.ts';

const TEXT = 'Content-Type: text/plain\n\nplain';
const INNER = 'From: x@example.org\nSubject: inner\n\ninner text';
const INVITE = 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR';
const SIGNATURE =
  'Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIIB';
const STATUS =
  'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; nobody@example.org\nAction: failed\nStatus: 5.1.1';
const STATUS_TEXT = STATUS.slice(STATUS.indexOf('\n\n') + 2);

export const MAILS_IN_MAILS: readonly CorpusMail[] = [
  multipart(
    'an attached mail',
    'mixed',
    [TEXT, `Content-Type: message/rfc822\nContent-Disposition: attachment; filename=inner.eml\n\n${INNER}`],
    {
      text: 'plain',
      files: [file('inner.eml', 'message/rfc822', INNER)],
    },
  ),
  multipart(
    'a mail that is shown inline',
    'mixed',
    [TEXT, `Content-Type: message/rfc822\nContent-Disposition: inline\n\n${INNER}`],
    {
      text: 'plain',
      files: [file('', 'message/rfc822', INNER)],
    },
  ),
  multipart(
    'an attached mail in base64, which is forbidden',
    'mixed',
    [
      TEXT,
      `Content-Type: message/rfc822\nContent-Disposition: attachment; filename=inner.eml\nContent-Transfer-Encoding: base64\n\n${base64(INNER)}`,
    ],
    {
      text: 'plain',
      files: [file('inner.eml', 'message/rfc822', INNER)],
    },
  ),
  multipart(
    'an attached mail in an attached mail',
    'mixed',
    [
      TEXT,
      `Content-Type: message/rfc822; name=outer.eml\n\nSubject: outer\nContent-Type: multipart/mixed; boundary=b2\n\n${enclosed('b2', ['Content-Type: text/plain\n\nouter text', `Content-Type: message/rfc822\n\n${INNER}`])}`,
    ],
    {
      text: 'plain',
    },
  ),
  multipart('a digest', 'digest', [`\n${INNER}`, `\n${INNER}`], { text: undefined }),
  multipart(
    'signed by S/MIME',
    'signed; protocol="application/pkcs7-signature"; micalg=sha-256',
    [TEXT, SIGNATURE],
    {
      text: 'plain',
      files: [file('smime.p7s', 'application/pkcs7-signature', 'MIIB')],
    },
  ),
  withHead(
    'encrypted by S/MIME',
    'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64',
    'MIIBAAEC',
    {
      text: undefined,
      files: [file('smime.p7m', 'application/pkcs7-mime', 'MIIBAAEC')],
    },
  ),
  multipart(
    'signed by PGP',
    'signed; protocol="application/pgp-signature"',
    [TEXT, 'Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----'],
    {
      text: 'plain',
    },
  ),
  multipart(
    'encrypted by PGP',
    'encrypted; protocol="application/pgp-encrypted"',
    [
      'Content-Type: application/pgp-encrypted\n\nVersion: 1',
      'Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----',
    ],
    {
      text: undefined,
    },
  ),
  multipart(
    'an invitation',
    'alternative',
    [TEXT, `Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\n${INVITE}`],
    { text: 'plain' },
  ),
  multipart(
    'an invitation, again as a file',
    'mixed',
    [
      `Content-Type: multipart/alternative; boundary=b2\n\n${enclosed('b2', [TEXT, `Content-Type: text/calendar; method=REQUEST\n\n${INVITE}`])}`,
      `Content-Type: application/ics; name=invite.ics\nContent-Disposition: attachment; filename=invite.ics\nContent-Transfer-Encoding: base64\n\n${base64(INVITE)}`,
    ],
    {
      text: 'plain',
    },
  ),
  withHead(
    'an invitation alone',
    'Content-Type: text/calendar; method=CANCEL',
    INVITE.replace('REQUEST', 'CANCEL'),
    {},
  ),
  multipart(
    'an answer to an invitation, in base64',
    'alternative',
    [
      TEXT,
      `Content-Type: text/calendar; method="REPLY"; name=reply.ics\nContent-Transfer-Encoding: base64\n\n${base64(INVITE)}`,
    ],
    {
      text: 'plain',
    },
  ),
  multipart(
    'a calendar that is only a file',
    'mixed',
    [
      TEXT,
      `Content-Type: text/calendar; name=all.ics\nContent-Disposition: attachment; filename=all.ics\n\n${INVITE}`,
    ],
    {
      text: 'plain',
      files: [file('all.ics', 'text/calendar', INVITE)],
    },
  ),
  multipart(
    'a delivery report',
    'report; report-type=delivery-status',
    [TEXT, STATUS, `Content-Type: message/rfc822\n\n${INNER}`],
    {
      text: 'plain',
      files: [file('', 'message/delivery-status', STATUS_TEXT), file('', 'message/rfc822', INNER)],
    },
  ),
  multipart(
    'a delivery report with headers alone',
    'report; report-type=delivery-status',
    [TEXT, STATUS, 'Content-Type: text/rfc822-headers\n\nSubject: inner'],
    {
      text: 'plain',
      files: [
        file('', 'message/delivery-status', STATUS_TEXT),
        file('', 'text/rfc822-headers', 'Subject: inner'),
      ],
    },
  ),
  multipart(
    'a read receipt',
    'report; report-type=disposition-notification',
    [
      TEXT,
      'Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed',
    ],
    {
      text: 'plain',
      files: [
        file(
          '',
          'message/disposition-notification',
          'Disposition: manual-action/MDN-sent-manually; displayed',
        ),
      ],
    },
  ),
  multipart(
    'a complaint',
    'report; report-type=feedback-report',
    [
      TEXT,
      'Content-Type: message/feedback-report\n\nFeedback-Type: abuse',
      `Content-Type: message/rfc822\n\n${INNER}`,
    ],
    {
      text: 'plain',
      files: [file('', 'message/feedback-report', 'Feedback-Type: abuse'), file('', 'message/rfc822', INNER)],
    },
  ),
];
