import { invalidInput } from './input-checks.ts';

/** By the `service` of an error and by the id of a provider. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ticktick: 'TickTick',
  google: 'Google',
  'google-calendar': 'Google Calendar',
  gmail: 'Gmail',
  'azure-devops': 'Azure DevOps',
};

/** What users call a service, by its id. A service of a host's own goes by its own name. */
export function serviceName(service: string): string {
  if (typeof service !== 'string') throw invalidInput('service', 'is not a string');
  return Object.hasOwn(SERVICE_NAMES, service) ? (SERVICE_NAMES[service] ?? service) : service;
}
