import { ContextSdkError, InvalidRequestError } from '@context-sdk/oauth-core/errors';
import { fieldPathOf, type Structure } from '../classification/node.ts';
import { nearest, readNodes } from '../classification/suggestion.ts';
import { SERVICE } from '../errors.ts';
import type { PatchOperation } from '../patches/field-operations.ts';
import type { AdoCall } from '../wire.ts';

const STRUCTURES: Readonly<Record<string, Structure>> = {
  'System.AreaPath': 'areas',
  'System.IterationPath': 'iterations',
};

/** Whether an error says that there is no such area or iteration. */
export function isAboutPath(error: unknown): error is InvalidRequestError {
  return error instanceof InvalidRequestError && error.serviceCode === 'TF401347';
}

/** The text that a patch writes into a field. */
function writtenTo(patch: readonly PatchOperation[], field: string): string | undefined {
  const operation = patch.find(({ path }) => path === `/fields/${field}`);
  return operation !== undefined && 'value' in operation ? String(operation.value) : undefined;
}

async function projectOf(call: AdoCall, id: number): Promise<string> {
  const response = await call.send('workItems.get', {
    params: { id },
    query: { fields: 'System.TeamProject' },
  });
  return response.member('fields').text('System.TeamProject') ?? '';
}

/**
 * The same error with the path that is most alike. Without one if the tree can't be read: what failed is the write.
 */
export async function withSuggestion(
  call: AdoCall,
  error: InvalidRequestError,
  patch: readonly PatchOperation[],
  place: { project: string } | { id: number },
): Promise<InvalidRequestError> {
  const { field = '', status, serviceCode, requestId, details } = error;
  const structure = STRUCTURES[field];
  const path = writtenTo(patch, field);
  if (structure === undefined || path === undefined) return error;
  try {
    const moved = writtenTo(patch, 'System.TeamProject');
    const project = moved ?? ('id' in place ? await projectOf(call, place.id) : place.project);
    const suggestion = nearest((await readNodes(call, structure, project)).map(fieldPathOf), path);
    if (suggestion === undefined) return error;
    const message = `${error.message.replace(/\.$/, '')}; did you mean ${suggestion}?`;
    return new InvalidRequestError(message, {
      service: SERVICE,
      field,
      status,
      serviceCode,
      requestId,
      details,
    });
  } catch (failure) {
    if (failure instanceof ContextSdkError || call.signal?.aborted) return error;
    throw failure;
  }
}
