/** A TickTick user. */
export interface TickTickAccount {
  /** The numeric user id; the inbox's project id is `inbox<id>`. */
  readonly id: number;
  /** The e-mail address: what the API answers as `username`, and the account's name all over the sandbox. */
  readonly username: string;
  readonly displayName: string;
  /** IANA name. */
  readonly timeZone: string;
}

export function defaultAccount(region: Region): TickTickAccount {
  return region === 'ticktick'
    ? {
        id: 115781412,
        username: 'demo@example.com',
        displayName: 'Demo User',
        timeZone: 'America/Los_Angeles',
      }
    : { id: 1019283746, username: 'demo@example.cn', displayName: '演示用户', timeZone: 'Asia/Shanghai' };
}

/** TickTick, or its separate Chinese edition. */
export type Region = 'ticktick' | 'dida365';

/** The host names of a region. */
export interface RegionHosts {
  readonly site: string;
  readonly api: string;
}

export const REGION_HOSTS: Readonly<Record<Region, RegionHosts>> = {
  ticktick: { site: 'ticktick.com', api: 'api.ticktick.com' },
  dida365: { site: 'dida365.com', api: 'api.dida365.com' },
};
