/** The two services of one make: their accounts, apps and tokens are separate. */
export type Region = 'ticktick' | 'dida365';

export const BASE_URLS: Record<Region, string> = {
  ticktick: 'https://api.ticktick.com/open/v1',
  dida365: 'https://api.dida365.com/open/v1',
};
