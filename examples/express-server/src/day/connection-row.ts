import type { Connection, UserMessage } from '@context-sdk/context';

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
  provider: Connection['provider'];
  name: string;
  state: string;
  who: string | undefined;
  /** What signing in is called here; empty where there is nothing to sign in for. */
  next: string;
  isGood: boolean;
  isConnected: boolean;
}

/** `problem` is what the service has just refused: a record can say "connected" until the service is asked. */
export function connectionRow(
  { provider, state: known, reason, identity }: Connection,
  problem?: UserMessage,
): ConnectionRow {
  const isConnected = reason !== 'never-connected';
  const state = known === 'connected' && problem?.action === 'connect' ? 'needs-reauthorization' : known;
  const words = isConnected ? STATES[state] : { state: 'Not connected', next: 'Connect' };
  const isSilent = state === 'connected' && problem !== undefined;
  return {
    provider,
    name: SERVICE_NAMES[provider],
    ...words,
    ...(isSilent && { state: 'Connected, but it does not answer as it should' }),
    who: identity?.email ?? identity?.username,
    isGood: state === 'connected' && !isSilent,
    isConnected,
  };
}
