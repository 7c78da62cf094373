import type { UserMessage } from '@context-sdk/context';
import type { ConnectionRow } from './connection-row.ts';

/** A service whose things are not on the page, and the way on. */
export interface Missing {
  provider: string;
  name: string;
  message: string;
  /** What signing in is called; empty where it would change nothing. */
  next: string;
  /** Never connected: an offer, and no problem. */
  isOffer: boolean;
}

/** What connecting a service brings, for those who have not. */
const OFFERS: Readonly<Record<ConnectionRow['provider'], string>> = {
  ticktick: 'Your tasks, each on its day.',
  google: 'Your events beside your tasks, time blocked for tasks, and drafts about them.',
  'azure-devops': 'Work items that are assigned to you, on the day when they are due.',
};

/** The connection that an agenda's source comes from. */
export function providerOf(source: string): string {
  return source === 'google-calendar' ? 'google' : source;
}

/** In the order of the connections. */
export function missingOf(
  problems: ReadonlyMap<string, UserMessage>,
  rows: readonly ConnectionRow[],
): Missing[] {
  return rows.flatMap(({ provider, name, next, isConnected }) => {
    const problem = problems.get(provider);
    if (problem === undefined) return [];
    const message = isConnected ? problem.text : OFFERS[provider];
    return [{ provider, name, message, next, isOffer: !isConnected }];
  });
}
