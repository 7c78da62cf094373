import type { Random } from '../../../random.ts';

/** Sixteen hex digits that begin with the time. Threads have the id of their first message. */
export function newMessageId(now: number, random: Random): string {
  const time = Math.floor(now).toString(16).padStart(11, '0').slice(-11);
  return (
    time +
    random
      .integer(2 ** 20)
      .toString(16)
      .padStart(5, '0')
  );
}

export function isMessageId(text: string): boolean {
  return /^[0-9a-f]{1,16}$/.test(text);
}

/** Such as `r-8274659183746501928`. */
export function newDraftId(random: Random): string {
  const digits = random.text(18, '0123456789');
  return `r${random.chance(0.5) ? '-' : ''}${1 + random.integer(8)}${digits}`;
}
