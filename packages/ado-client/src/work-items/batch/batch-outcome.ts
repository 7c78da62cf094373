import {
  type BulkOutcome,
  isObject,
  mayHaveHappened,
  ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { UnexpectedResponseError } from '@context-sdk/oauth-core/errors';
import { errorFor } from '../../classifier.ts';
import { SERVICE, unexpected } from '../../errors.ts';
import { WORK_ITEM, type WorkItem } from '../../model/work-item.ts';

/** What became of one item of `createMany` and `updateMany`. */
export type WorkItemOutcome<Custom extends object = object> = BulkOutcome<{ item: WorkItem<Custom> }>;

/** The body of one response is JSON, or a string of JSON (docs/facts/azure-devops.md#batches). */
function bodyOf(value: unknown): { text: string; json: unknown } {
  if (typeof value !== 'string') return { text: JSON.stringify(value ?? null), json: value };
  try {
    return { text: value, json: JSON.parse(value.replace(/^\uFEFF/, '')) };
  } catch {
    return { text: value, json: undefined };
  }
}

function headersOf(value: unknown): Headers {
  const texts = Object.entries(isObject(value) ? value : {}).filter(([, text]) => typeof text === 'string');
  return new Headers(texts as [string, string][]);
}

function outcomeOf(
  operation: string,
  answer: Record<string, unknown>,
  isValidated: boolean,
): WorkItemOutcome {
  const { text, json } = bodyOf(answer['body']);
  const status = Number(answer['code']);
  // Whether it was done can't be told without it.
  if (!(status >= 100)) throw unexpected(`answered a request of ${operation} without a status`, 'value');
  if (status >= 200 && status < 300) {
    const response = new ServiceResponse({ service: SERVICE, operation }, json);
    // An item that was only validated has no id yet.
    return { status: 'ok', item: response.object<WorkItem>(isValidated ? { fields: 'object' } : WORK_ITEM) };
  }
  const error = errorFor({ operation, status, headers: headersOf(answer['headers']), text: () => text });
  return { status: mayHaveHappened(error) ? 'unknown' : 'failed', error };
}

/** The outcome of every request of a `$batch`, in order; `isValidated` if nothing was to be written. */
export function batchOutcomes(
  operation: string,
  answers: readonly unknown[],
  isValidated: boolean,
): WorkItemOutcome[] {
  return answers.map((answer) => {
    try {
      return outcomeOf(operation, isObject(answer) ? answer : {}, isValidated);
    } catch (error) {
      if (!(error instanceof UnexpectedResponseError)) throw error;
      return { status: 'unknown', error };
    }
  });
}
