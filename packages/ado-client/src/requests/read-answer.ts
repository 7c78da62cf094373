import { Answer } from './answer.ts';
import { unexpected } from './unexpected.ts';

/** Some answers begin with a byte order mark, which JSON must not. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Throws {@link UnexpectedResponseError} for an answer that is not JSON. */
export async function readAnswer(operation: string, response: Response): Promise<Answer> {
  const text = withoutMark(await response.text());
  if (text === '') return new Answer(operation, undefined, response.headers);
  try {
    return new Answer(operation, JSON.parse(text), response.headers);
  } catch {
    throw unexpected(`answered ${operation} with something else than JSON`);
  }
}
