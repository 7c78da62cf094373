import { parseJsonObject } from '@context-sdk/oauth-core';

/** The parts of Google's error envelope that tell failures apart. */
export interface GoogleFailure {
  /** From `error.errors[].reason` and `error.details[].reason`: the status alone says too little. */
  reasons: readonly string[];
  message: string | undefined;
  /** The envelope's `error`, as it came. */
  details: unknown;
}

function objects(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
}

/** Reads the body of a failure: Google's envelope, or whatever a proxy in front of it said. */
export function readFailure(text: string): GoogleFailure {
  const error = parseJsonObject(text)?.['error'];
  if (typeof error !== 'object' || error === null) {
    return { reasons: [], message: typeof error === 'string' ? error : undefined, details: undefined };
  }
  const { errors, details, message } = error as Record<string, unknown>;
  const reasons = [...objects(errors), ...objects(details)].flatMap(({ reason }) =>
    typeof reason === 'string' ? [reason] : [],
  );
  return { reasons, message: typeof message === 'string' ? message : undefined, details: error };
}
