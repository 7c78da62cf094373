/** A moment as the service writes it: UTC, the fraction without zeros at its end. */
export function wireDate(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z');
}

/** What stands where no end is known. */
export const FAR_FUTURE = '9999-01-01T00:00:00Z';
