import type { ProviderId } from './provider-id.ts';

/** A service that reports changes. Google is one provider and two of these services. */
export type ChangeService = 'ticktick' | 'google-calendar' | 'gmail' | 'azure-devops';

const PROVIDERS: Readonly<Record<string, ProviderId>> = {
  ticktick: 'ticktick',
  google: 'google',
  'google-calendar': 'google',
  gmail: 'google',
  'azure-devops': 'azure-devops',
};

/** The provider whose connection a service is reached with; undefined for what is no service of ours. */
export function providerOfService(service = ''): ProviderId | undefined {
  return Object.hasOwn(PROVIDERS, service) ? PROVIDERS[service] : undefined;
}
