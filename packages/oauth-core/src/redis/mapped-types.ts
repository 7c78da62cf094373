import { StoreError } from '../errors/index.ts';

/** For a client that gives buffers, or numbers as text: what it answers would be taken for something else. */
export function mappedTypes(): StoreError {
  return new StoreError(
    'corrupt',
    'The Redis client gives something other than texts and numbers. It must not map types.',
  );
}
