import { ApiFailure } from '../api-failure.ts';

/** A query that cannot be read or run; the words are the sandbox's. */
export function syntaxFailure(message: string): ApiFailure {
  return new ApiFailure(400, 'SyntaxException', `TF51006: ${message}`);
}

export function unknownFieldFailure(name: string): ApiFailure {
  return new ApiFailure(
    400,
    'SyntaxException',
    `TF51005: The query references a field that does not exist. The error is caused by «[${name}]».`,
  );
}

export function tooManyResults(limit: number): ApiFailure {
  return new ApiFailure(
    400,
    'WorkItemTrackingQueryResultSizeLimitExceededException',
    `VS402337: The number of work items returned exceeds the size limit of ${limit}. Change the query to return fewer items.`,
  );
}
