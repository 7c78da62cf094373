import { GoogleFailure } from '../api/failures.ts';

/** 400: Gmail's answer to a mail or a value that it does not take. */
export function invalidArgument(message: string): GoogleFailure {
  return new GoogleFailure(400, 'invalidArgument', message, { status: 'INVALID_ARGUMENT' });
}

/** 404, in Gmail's words. */
export function entityNotFound(message = 'Requested entity was not found.'): GoogleFailure {
  return new GoogleFailure(404, 'notFound', message, { status: 'NOT_FOUND' });
}

/** 403: a mailbox, or something in it, that is not the token's to use. */
export function permissionDenied(message: string): GoogleFailure {
  return new GoogleFailure(403, 'forbidden', message, { status: 'PERMISSION_DENIED' });
}

/** 413: a mail of more than 35 MiB. The status and the reason are Google's general ones for uploads. */
export function uploadTooLarge(): GoogleFailure {
  const message = 'The request failed because the data sent in the request is too large.';
  return new GoogleFailure(413, 'uploadTooLarge', message);
}
