import { isOneOfMany, type Service, type Trouble } from './services.ts';

/** A user who is not polled for longer is late. */
const LATE_MS = 120_000;

/** When which service is in trouble, as shares of the run. */
const TROUBLES: readonly { from: number; to: number; service: Service; trouble: Trouble }[] = [
  { from: 0.13, to: 0.22, service: 'ticktick', trouble: 'refuses' },
  { from: 0.26, to: 0.31, service: 'google', trouble: 'hangs' },
  { from: 0.33, to: 0.4, service: 'azure-devops', trouble: 'hangs half-way' },
  { from: 0.42, to: 0.5, service: 'ticktick', trouble: 'hangs' },
  { from: 0.58, to: 0.68, service: 'ticktick', trouble: 'some hang' },
  { from: 0.76, to: 0.82, service: 'ticktick', trouble: 'hangs half-way' },
];
/** When a machine dies. The last one lives. */
export const DEATHS: readonly number[] = [0.08, 0.24, 0.36, 0.46, 0.54, 0.64, 0.72, 0.88];

export function troubleOf(service: Service, share: number): Trouble {
  const found = TROUBLES.find((one) => one.service === service && one.from <= share && share < one.to);
  return found?.trouble ?? 'none';
}

/** When an account could first be looked at after a time; both in milliseconds since the run of `lengthMs` began. */
export function recoveredAfter(
  service: Service,
  authorization: string,
  at: number,
  lengthMs: number,
): number {
  let from = at;
  for (const { service: troubled, trouble, from: start, to } of TROUBLES) {
    const isConcerned = troubled === service && (trouble !== 'some hang' || isOneOfMany(authorization));
    // Nobody was late yet when it began.
    if (isConcerned && from + LATE_MS >= start * lengthMs && from < to * lengthMs) from = to * lengthMs;
  }
  return from;
}
