import { NotFoundError } from '@context-sdk/oauth-core';

export function noSuchRoute(): NotFoundError {
  return new NotFoundError('There is no such route.', { status: 404 });
}
