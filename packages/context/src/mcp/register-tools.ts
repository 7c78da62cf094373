import { ContextSdkError } from '@context-sdk/oauth-core';
import { tellListener } from '@context-sdk/oauth-core/client-kit';
import { UserClients } from '../connections/user-clients.ts';
import type { Context } from '../create-context.ts';
import type { ToolAnswer } from '../tools/answer.ts';
import type { ContextTools } from '../tools/context-tools.ts';
import { failureAnswer } from '../tools/run/failure-answer.ts';
import type { ContextTool } from '../tools/tool.ts';
import { describeForUser } from '../utils/describe-for-user.ts';
import { internalError } from './internal-error.ts';
import type { McpCallContext, McpLibrary, McpServerLike } from './library.ts';

/** What waits for a person whom the client can't ask. */
export interface WaitingCall {
  userId: string;
  /** The id of what waits: `context.actions.pending` has its token. */
  approval: string;
  /** What will be, in words for a person. */
  description: string;
}

/** Receives what waits for a person on the host's page. What it throws is ignored. */
export type OnWaiting = (waiting: WaitingCall) => unknown;

/** Where a request of 2026-07-28 carries the capabilities of its client. */
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';

interface Registration {
  sdk: McpLibrary;
  server: McpServerLike;
  context: Context;
  userId: string;
  tools: ContextTools;
  onWaiting: OnWaiting | undefined;
  onError: ((error: ContextSdkError) => unknown) | null | undefined;
}

/** The form that a client shows its user: to accept it is all there is to say. */
const FORM = { type: 'object', properties: {} } as const;

/** Offers tools to a client. */
export function registerTools(registration: Registration): void {
  for (const tool of Object.values(registration.tools)) {
    const { name, title, description, inputSchema, annotations } = tool;
    registration.server.registerTool(
      name,
      { title, description, inputSchema, annotations },
      async (input, call) => {
        const answered = respond(registration, tool, input, call);
        return (await answered.catch((error: unknown) => failed(registration, tool, error))) as never;
      },
    );
  }
}

/** The SDK sends messages to the client, and those of the host's own store or limiter may have a secret. */
function failed({ context, userId, onError }: Registration, { name }: ContextTool, error: unknown): object {
  if (error instanceof ContextSdkError)
    return resultOf(failureAnswer(error, UserClients.optionsOf(context.user(userId))));
  tellListener(onError, internalError(`The tool ${name}`, error, false));
  const { text, code } = describeForUser(error);
  return resultOf({ status: 'failed', code, retryable: false, text: `${text} (${code})` });
}

/** Runs a tool. What needs a person is asked of the client if it can ask its user. */
async function respond(
  { sdk, server, context, userId, onWaiting }: Registration,
  tool: ContextTool,
  input: unknown,
  { mcpReq: { signal, inputResponses, envelope } }: McpCallContext,
): Promise<object> {
  // A request that is sent again says "accept" again: it counts for what waited before the request, and once.
  const before = inputResponses === undefined ? [] : await context.actions.pending(userId);
  const answer = await tool.execute(input, { signal });
  if (answer.status !== 'needs-approval') return resultOf(answer);
  const { approval, description } = answer;
  // The id is a hash of what would be done: consent to anything else doesn't count.
  const response = sdk.inputResponse(inputResponses, approval);
  if (response.kind === 'elicit') {
    const isAccepted = response.action === 'accept';
    const pending = isAccepted ? before : await context.actions.pending(userId);
    const waiting = pending.find(({ id }) => id === approval);
    if (isAccepted && waiting !== undefined) {
      return resultOf(await context.actions.approve(userId, waiting.token, { signal }));
    }
    if (!isAccepted) {
      if (waiting !== undefined) await context.actions.reject(userId, waiting.token);
      return resultOf({ status: 'refused', text: 'The user doesn’t want this.' });
    }
  }
  // Older versions say so once, when the connection begins.
  const client = envelope?.[CAPABILITIES] ?? server.server.getClientCapabilities();
  if (typeof client !== 'object' || client === null || !('elicitation' in client)) {
    (async () => onWaiting?.({ userId, approval, description }))().catch(() => undefined);
    return resultOf(answer);
  }
  const elicitation = {
    method: 'elicitation/create',
    params: { mode: 'form', message: description, requestedSchema: FORM },
  };
  return sdk.inputRequired({ inputRequests: { [approval]: elicitation as never } });
}

function resultOf(answer: ToolAnswer): object {
  const isError = answer.status === 'failed' || answer.status === 'invalid' || answer.status === 'refused';
  return { content: [{ type: 'text', text: answer.text }], isError };
}
