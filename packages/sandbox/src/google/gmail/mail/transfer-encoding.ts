import type { Octets } from './octets.ts';

/** Undoes a Content-Transfer-Encoding; what is no encoding, or not known, stays as it is. */
export function decodeTransfer(body: Octets, encoding: string): Octets {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return fromBase64(body);
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    default:
      return body;
  }
}

/** Leaves out what is not of the alphabet, as RFC 2045 asks for. */
function fromBase64(body: Octets): Octets {
  const digits = body.replace(/[^A-Za-z0-9+/]/g, '');
  return atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
}

function fromQuotedPrintable(body: Octets): Octets {
  return body
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/=\r\n/g, '')
    .replace(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
