/** The providers that users connect. Google's calendars and mail are one connection. */
export type ProviderId = 'ticktick' | 'google' | 'azure-devops';

export const PROVIDER_IDS: readonly ProviderId[] = ['ticktick', 'google', 'azure-devops'];

export function isProviderId(text: string): text is ProviderId {
  return PROVIDER_IDS.some((id) => id === text);
}
