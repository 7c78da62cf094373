import type { Connection } from '@context-sdk/context';

/** Services that users connect, by provider. */
export const SERVICE_NAMES = {
  ticktick: 'TickTick',
  google: 'Google',
  'azure-devops': 'Azure DevOps',
} as const;

/** Where a connection stands, and what to do next. */
const STATES = {
  connected: { state: 'Connected', next: '' },
  expiring: { state: 'Connected, but the access ends soon', next: 'Renew' },
  'missing-scopes': { state: 'Not all was granted', next: 'Grant the rest' },
  'needs-reauthorization': { state: 'The access has ended', next: 'Sign in again' },
} as const;

export interface ConnectionRow {
  provider: string;
  name: string;
  state: string;
  who: string | undefined;
  next: string;
  isGood: boolean;
  isConnected: boolean;
}

export function connectionRow({ provider, state, reason, identity }: Connection): ConnectionRow {
  const isConnected = reason !== 'never-connected';
  const words = isConnected ? STATES[state] : { state: 'Not connected', next: 'Connect' };
  const who = identity?.email ?? identity?.username;
  return {
    provider,
    name: SERVICE_NAMES[provider],
    ...words,
    who,
    isGood: state === 'connected',
    isConnected,
  };
}
