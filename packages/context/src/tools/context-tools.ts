import { checkedTimeZone, checkOptions, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { UserClients } from '../connections/user-clients.ts';
import { configuredProviders } from '../options/provider-id.ts';
import type { User } from '../users/user.ts';
import { invalidInput } from '../utils/input-checks.ts';
import type { ApprovalPolicy } from './approval/policy.ts';
import { DEFINITIONS } from './definitions/all.ts';
import type { Definition } from './definitions/definition.ts';
import { inputSchema, readInput } from './input/input-schema.ts';
import type { ToolName } from './input/inputs.ts';
import type { OnCall } from './run/on-call.ts';
import { ToolRun } from './run/tool-run.ts';
import { foreignText } from './text/foreign-text.ts';
import type { ContextTool } from './tool.ts';

/** What an assistant may do for a user. */
export interface ContextToolsOptions {
  /** IANA time zone of the user: days and times of inputs and answers are in it. */
  timeZone: string;
  /** The tools that there are. Default: all of the services that the host configured. */
  allow?: readonly ToolName[] | undefined;
  /** Which writes wait for a person. Default: `outbound`. */
  approve?: ApprovalPolicy | undefined;
  /** Receives each call, with what was done or waits for approval. */
  onCall?: OnCall | undefined;
}

const OPTIONS: OptionTypes<ContextToolsOptions> = {
  timeZone: 'string',
  allow: 'list',
  approve: 'string|function',
  onCall: 'function',
};

/** Tools by their names. */
export type ContextTools = Record<string, ContextTool>;

/**
 * Tools with which an assistant works for a user: the record is a `ToolSet` of the AI SDK. Create it anew for each run or
 * conversation: it remembers whether the model has read strangers' texts, after which nothing is sent without a person.
 * Reads nothing yet. Throws {@link InvalidRequestError} for invalid options.
 */
export function contextTools(user: User, options: ContextToolsOptions): ContextTools {
  if (!(user instanceof UserClients)) throw invalidInput('user', 'must be a user of a context');
  return createTools(user, checkedOptions(options), false);
}

/** The options with their defaults. */
export interface CheckedToolsOptions {
  timeZone: string;
  approve: ApprovalPolicy;
  allow: readonly ToolName[] | undefined;
  onCall: OnCall | undefined;
}

/** The options with their defaults. Throws {@link InvalidRequestError} that names the invalid one. */
export function checkedOptions(options: ContextToolsOptions): CheckedToolsOptions {
  checkOptions(options, OPTIONS, invalidInput);
  const { timeZone, approve = 'outbound', allow, onCall } = options ?? {};
  checkedTimeZone(timeZone, 'timeZone', invalidInput);
  const isPolicy = approve === 'never' || approve === 'writes' || approve === 'outbound';
  if (!isPolicy && typeof approve !== 'function') {
    throw invalidInput('approve', 'must be never, writes, outbound or a function');
  }
  const unknown = (allow ?? []).find((name) => !DEFINITIONS.some((definition) => definition.name === name));
  if (unknown !== undefined) {
    const names = DEFINITIONS.map(({ name }) => name).join(', ');
    throw invalidInput('allow', `names no tool: there are ${names}`);
  }
  return { timeZone, approve, allow, onCall };
}

/** The tools of one run. `tainted`: it may have read strangers' texts before. */
export function createTools(user: User, options: CheckedToolsOptions, tainted: boolean): ContextTools {
  const { timeZone, approve, allow, onCall } = options;
  const providers = configuredProviders(UserClients.optionsOf(user).providers);
  const run = new ToolRun({ user, timeZone, approve, onCall, tainted });
  const allowed = DEFINITIONS.filter(
    (definition) =>
      (allow?.includes(definition.name) ?? true) && definition.providers.some((id) => providers.includes(id)),
  );
  return Object.fromEntries(allowed.map((definition) => [definition.name, toolOf(definition, run)]));
}

function toolOf(definition: Definition, run: ToolRun): ContextTool {
  const { name, title, description, effect } = definition;
  return {
    name,
    title,
    description,
    effect,
    inputSchema: inputSchema(name),
    annotations: {
      readOnlyHint: effect === 'read',
      destructiveHint: effect === 'destructive',
      idempotentHint: definition.effect === 'read' || definition.isIdempotent,
      openWorldHint: effect === 'outbound',
    },
    async execute(input, { signal, abortSignal } = {}) {
      const read = readInput(name, input);
      if ('input' in read) return await run.execute(definition, read.input, signal ?? abortSignal);
      const problems = read.issues.map(({ path, message }) => `${path.join('.') || 'input'} ${message}`);
      const [first] = read.issues;
      return {
        status: 'invalid',
        field: first?.path.join('.') ?? '',
        text: `${foreignText(problems.join('; '), 1000)}.`,
      };
    },
  };
}
