import type { CalendarEvent } from '@context-sdk/google-workspace';
import type { Users } from '../users.ts';

const DAY_MS = 24 * 3_600_000;

/** What the user's calendar holds for the next 24 hours; undefined where Google is not connected. */
export async function eventsOfToday(users: Users, userId: string): Promise<CalendarEvent[] | undefined> {
  if (users.googleOAuth === undefined) return undefined;
  const { state } = await users.googleTokens(userId).status();
  if (state === 'needs-reauthorization') return undefined;
  const now = Date.now();
  return await users
    .calendar(userId)
    .events.list({
      timeMin: new Date(now),
      timeMax: new Date(now + DAY_MS),
      singleEvents: true,
      orderBy: 'startTime',
    })
    .toArray();
}
