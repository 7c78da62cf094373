import { type ApiRoute, reading } from '../api-call.ts';

/** Countdowns can only be listed. */
export const COUNTDOWN_ROUTES: readonly ApiRoute[] = [
  reading('countdown.list', 'GET /countdown', ({ data }) => [...data.countdowns.values()]),
];
