import { serviceErrors } from '@context-sdk/oauth-core/client-kit';
import { occurrenceTimes } from '@context-sdk/oauth-core/recurrence';
import type { PeerCase } from './case-files.ts';

/** `19970902T090000` */
function timeOf(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
}

function compactOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}

/** The first moments of a rule; one more than the case has if the rule ends, which shows that it does. */
export async function series({ rule, start, expected }: PeerCase): Promise<string[]> {
  const length = Array.isArray(expected) ? expected.length : 0;
  const limit = /COUNT|UNTIL/.test(String(rule)) ? length + 1 : length;
  const lines = [`RRULE:${String(rule)}`];
  const asked = { lines, start: timeOf(String(start)), timeZone: 'UTC', limit };
  const times = await occurrenceTimes(asked, serviceErrors('peers').invalid);
  return times.map(compactOf);
}
