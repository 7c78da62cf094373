import { ConfigurationError } from '../errors/index.ts';

/**
 * Throws {@link ConfigurationError} for an option that does not exist. For what every bundle has: `checkOptions`, which also checks
 * types and finds the nearest name, is as large as a limiter.
 */
export function checkNames(options: object | null | undefined, known: object): void {
  for (const name in options)
    if (!Object.hasOwn(known, name))
      throw new ConfigurationError(
        `${name} is not an option: did you mean ${Object.keys(known).join(' or ')}?`,
      );
}
