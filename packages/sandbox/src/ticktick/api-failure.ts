/** A refusal: the status and, where there is a body, TickTick's error code. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly errorCode: string | undefined;

  constructor(status: number, errorCode?: string) {
    super(errorCode ?? String(status));
    this.status = status;
    this.errorCode = errorCode;
  }
}

/**
 * TickTick's answer to what it does not expect, recorded for a task whose project was deleted. By inference the same
 * answer stands for a body that does not parse, a required field that is missing and a value of the wrong type.
 */
export function unknownException(): ApiFailure {
  return new ApiFailure(500, 'unknown_exception');
}

export function taskNotFound(): ApiFailure {
  return new ApiFailure(500, 'task_not_found');
}

/** The documented 404, which has no body. */
export function notFound(): ApiFailure {
  return new ApiFailure(404);
}
