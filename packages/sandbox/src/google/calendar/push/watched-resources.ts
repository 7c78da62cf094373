import type { WatchedResource } from './channel.ts';

export function eventsOf(calendarId: string): WatchedResource {
  // Google's ids of resources stand for what they are, so the key is the calendar's.
  return { key: calendarId, path: `/calendars/${calendarId}/events` };
}

export function rulesOf(calendarId: string): WatchedResource {
  return { key: `acl/${calendarId}`, path: `/calendars/${calendarId}/acl` };
}

export function listOf(email: string): WatchedResource {
  return { key: `list/${email}`, path: '/users/me/calendarList' };
}

export function settingsOf(email: string): WatchedResource {
  return { key: `settings/${email}`, path: '/users/me/settings' };
}
