import { ConfigurationError } from '../errors/index.ts';

/** The signal of a call; `null` is read as absent. Throws {@link ConfigurationError} for anything else than an `AbortSignal`. */
export function checkedSignal(signal: AbortSignal | null | undefined): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (signal instanceof AbortSignal) return signal;
  throw new ConfigurationError('signal must be an AbortSignal.');
}
