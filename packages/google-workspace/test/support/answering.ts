export { answering, type SentRequest } from '@context-sdk/test-support';

/** A failure in Google's envelope. */
export function googleFailure(status: number, reason: string, message: string = reason): Response {
  const error = { code: status, message, errors: [{ domain: 'global', reason, message }] };
  return Response.json({ error }, { status });
}
