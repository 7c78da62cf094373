import { zonedText } from '@context-sdk/oauth-core/client-kit';

/** Octets of a line of iCalendar at most (RFC 5545 §3.1). */
const MAX_OCTETS = 75;

/** A value of type TEXT (RFC 5545 §3.3.11). */
export function textValue(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll(/[;,]/g, (character) => `\\${character}`)
    .replaceAll(/\p{Cc}/gu, '');
}

/** A line, folded between characters. Whatever could end it is gone. */
export function contentLine(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line.toWellFormed().replaceAll(/[\r\n]/g, '')) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** `20261123T080000Z`. */
export function basicUtc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** What the clocks of the zone show: `20261123T090000`. */
export function basicWall(instant: number, timeZone: string): string {
  return zonedText(instant, timeZone).slice(0, 19).replaceAll(/[-:]/g, '');
}
