import type { User } from '@context-sdk/context';

/** TickTick's, with which everybody signs in, so that the day stays where it is when another service is connected. */
export async function zoneOf(user: User): Promise<string> {
  const preference = await user.ticktick.preference.get().catch(() => undefined);
  return preference?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
