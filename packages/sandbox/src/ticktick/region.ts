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
