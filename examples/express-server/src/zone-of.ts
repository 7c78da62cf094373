import type { TickTickClient, User } from '@context-sdk/context';

const REMEMBERED_MS = 600_000;

/** By client, which ends with the connection: another account has another. */
const zones = new WeakMap<TickTickClient, { timeZone: string; until: number }>();

/** TickTick's, with which everybody signs in, so that the day stays where it is when another service is connected. */
export async function zoneOf({ ticktick }: User): Promise<string> {
  const known = zones.get(ticktick);
  if (known !== undefined && Date.now() < known.until) return known.timeZone;
  const { timeZone } = await ticktick.preference.get().catch(() => ({ timeZone: undefined }));
  if (timeZone === undefined) return Intl.DateTimeFormat().resolvedOptions().timeZone;
  zones.set(ticktick, { timeZone, until: Date.now() + REMEMBERED_MS });
  return timeZone;
}
