import { isObject } from '@context-sdk/oauth-core/client-kit';
import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { formattedFields, plainFieldError } from '../patches/field-operations.ts';
import type { WorkItemInput } from '../patches/work-item-input.ts';
import { type AdoCall, type AdoContext, sendByLibrary } from '../wire.ts';

type Input = Pick<WorkItemInput, 'fields'>;

/** Types of fields that hold formatted text. */
const FORMATTED = new Set(['html', 'history']);

/** The field's type decides; a field that can't be read is left to the service to judge. */
async function isFormatted(call: AdoCall, { fieldFormats }: AdoContext, name: string): Promise<boolean> {
  const key = name.toLowerCase();
  const known = fieldFormats.get(key);
  if (known !== undefined) return known;
  try {
    const { type } = (await sendByLibrary(call, 'fields.get', [name])).object<{ type?: unknown }>();
    const formatted = typeof type !== 'string' || FORMATTED.has(type);
    fieldFormats.set(key, formatted);
    return formatted;
  } catch (error) {
    if (error instanceof ContextSdkError || call.signal?.aborted) return true;
    throw error;
  }
}

/** The plain fields among those that inputs give formatted texts to; inputs that are no inputs are for others to refuse. */
export async function plainFields(
  call: AdoCall,
  context: AdoContext,
  inputs: readonly unknown[],
): Promise<ReadonlySet<string>> {
  const plain = new Set<string>();
  const readable = inputs.filter((input): input is Input => isObject(input) && isObject(input['fields']));
  for (const name of new Set(readable.flatMap(formattedFields))) {
    if (!(await isFormatted(call, context, name))) plain.add(name);
  }
  return plain;
}

/** Throws {@link InvalidRequestError} naming the plain field that an input gives a formatted text to. */
export function refusePlain(input: Input, plain: ReadonlySet<string>, at = ''): void {
  if (plain.size === 0) return;
  const field = formattedFields(input).find((name) => plain.has(name));
  if (field !== undefined) throw plainFieldError(`${at}fields.${field}`);
}

/** Refuses formatted texts for plain fields of the organization, whose types a client asks for once. */
export async function checkFormats(call: AdoCall, context: AdoContext, input: Input): Promise<void> {
  refusePlain(input, await plainFields(call, context, [input]));
}
