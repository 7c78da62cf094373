import { ConfigurationError } from '@context-sdk/oauth-core';
import { checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { CONNECTED_ACCOUNT } from '../../connections/connection.ts';
import type { AuthParts, ConnectedResult } from './on-connected.ts';

type HostFunctions = Pick<AuthParts, 'getUserId' | 'onConnected' | 'onReplace'>;

const DECISIONS: ReadonlySet<unknown> = new Set(['ask', 'replace', 'keep']);

const RESULT: OptionTypes<ConnectedResult> = {
  userId: 'string',
  account: CONNECTED_ACCOUNT,
  headers: 'object|list',
  returnTo: 'string',
};

/**
 * The host's functions, with their results checked before anything is stored. `null` counts as absent. An invalid result is a
 * {@link ConfigurationError}, which visitors see as a failure of the host, not of their request.
 */
export function withCheckedAnswers(parts: AuthParts): AuthParts {
  const { getUserId, onConnected, onReplace }: HostFunctions = parts;
  return {
    ...parts,
    getUserId: async (request) => checkedUserId(await getUserId(request)),
    onConnected: onConnected && (async (connected) => checkedResult(await onConnected(connected))),
    async onReplace(replacement) {
      const decision = await onReplace(replacement);
      if (DECISIONS.has(decision)) return decision;
      throw new ConfigurationError('onReplace must return ask, replace or keep.');
    },
  };
}

function checkedUserId(userId: unknown): string | undefined {
  if (userId === undefined || userId === null) return undefined;
  if (typeof userId === 'string' && userId !== '') return userId;
  throw new ConfigurationError(
    'getUserId must return a non-empty string, or undefined if nobody is signed in.',
  );
}

function checkedResult(result: unknown): ConnectedResult {
  checkOptions(result, RESULT, wrongResult, 'its result');
  const { userId, account, headers, returnTo } = (result ?? {}) as ConnectedResult;
  if (userId === '') throw wrongResult('userId', 'is empty');
  const facts = Object.entries(account ?? {}).filter(([, value]) => isPresent(value) && value !== '');
  return {
    ...(isPresent(userId) && { userId }),
    ...(facts.length > 0 && { account: Object.fromEntries(facts) }),
    ...(isPresent(headers) && { headers: checkedHeaders(headers) }),
    ...(isPresent(returnTo) && { returnTo }),
  };
}

function checkedHeaders(headers: NonNullable<ConnectedResult['headers']>): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw wrongResult('headers', 'are not HTTP headers');
  }
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

function wrongResult(name: string, problem: string): ConfigurationError {
  return new ConfigurationError(`What onConnected returned can't be used: ${name} ${problem}.`);
}
