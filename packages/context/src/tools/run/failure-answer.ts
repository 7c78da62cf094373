import { ContextSdkError, InvalidRequestError, MissingScopeError } from '@context-sdk/oauth-core';
import { configuredProviders, type ProviderId } from '../../options/provider-id.ts';
import { providerOfService } from '../../options/provider-of-service.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { NoFreeSlotError } from '../../time-blocks/no-free-slot-error.ts';
import { type ConnectionMissing, isConnectionMissing } from '../../utils/connection-missing.ts';
import { describeForUser } from '../../utils/describe-for-user.ts';
import { serviceName } from '../../utils/service-names.ts';
import type { ToolAnswer } from '../answer.ts';
import { foreignText } from '../text/foreign-text.ts';
import { line } from '../text/line.ts';

/** Characters of a service's own message. */
const MESSAGE = 300;

/** Messages of stores and of the configuration name record keys, people and keys: not for a model, which tells anybody. */
const UNSHOWN: ReadonlySet<string> = new Set(['store', 'configuration']);

/** Fields of work items by the names that they have in the tools' inputs. */
const INPUT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['System.Title', 'title'],
  ['System.State', 'state'],
  ['System.AssignedTo', 'assigned_to'],
  ['System.Description', 'description'],
  ['Microsoft.VSTS.Common.Priority', 'priority'],
]);

/** What a failure means for the model. Rethrows what is no error of this SDK. */
export function failureAnswer(error: unknown, options: ResolvedOptions): ToolAnswer {
  if (!(error instanceof ContextSdkError)) throw error;
  const provider = providerOfService(error.service);
  if (isConnectionMissing(error) && provider !== undefined) return connectAnswer(error, provider, options);
  const message = foreignText(UNSHOWN.has(error.code) ? describeForUser(error).text : error.message, MESSAGE);
  if (error instanceof InvalidRequestError && error.field !== undefined) {
    return { status: 'invalid', field: INPUT_FIELDS.get(error.field) ?? error.field, text: message };
  }
  const { code, retryable } = error;
  if (error instanceof NoFreeSlotError) {
    const { longest } = error;
    const text = line`${message} ${longest && `The longest free time is ${longest.start} to ${longest.end}.`}`;
    return { status: 'failed', code, retryable, text };
  }
  return { status: 'failed', code, retryable, text: line`${message} (${code})` };
}

function connectAnswer(error: ConnectionMissing, provider: ProviderId, options: ResolvedOptions): ToolAnswer {
  const connectUrl = connectUrlOf(options, provider);
  const what =
    error instanceof MissingScopeError
      ? `${serviceName(provider)} has to allow more (${foreignText(error.missing.join(', '), 1000)})`
      : `${serviceName(provider)} has to be connected`;
  const missing = error instanceof MissingScopeError ? { missingScopes: error.missing } : {};
  return {
    status: 'connect',
    provider,
    connectUrl,
    ...missing,
    text: `${what}: ask the user to open ${connectUrl}`,
  };
}

/** The page where a person connects a provider: the sign-in route, or the host's own page without an OAuth app. */
export function connectUrlOf(options: ResolvedOptions, provider: ProviderId): string {
  if (!configuredProviders(options.providers).includes(provider) || !options.oauth.has(provider)) {
    return options.frontendUrl;
  }
  return `${options.baseUrl}${options.basePath}/auth/${provider}/authorize`;
}
