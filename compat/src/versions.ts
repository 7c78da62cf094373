import type { CalendarLibrary, GmailLibrary } from '@context-sdk/google-workspace';

/** Google's full library in the major versions that hosts have: each has other types, and 144 and 171 another gaxios. */
export const versions: Record<string, () => Promise<CalendarLibrary & GmailLibrary>> = {
  'googleapis 144': () => import('googleapis-144').then(({ google }) => google),
  'googleapis 171': () => import('googleapis-171').then(({ google }) => google),
  'googleapis 188': () => import('googleapis-188').then(({ google }) => google),
};
