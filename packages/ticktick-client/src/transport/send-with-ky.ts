import type { Pipeline } from '@context-sdk/oauth-core/client-kit';
import type { KyInstance } from 'ky';
import { Answer } from './answer.ts';
import type { Send } from './transport.ts';
import { unexpected } from './unexpected.ts';

/** Loaded with the first request: it costs more than the rest of the client together. */
let loadedKy: KyInstance | undefined;

export function sendWithKy(pipeline: Pipeline, baseUrl: string): Send {
  return async ({ name, safety, path, ...request }, options) => {
    const ky = (loadedKy ??= (await import('./ky.ts')).ky);
    try {
      const value: unknown = await ky(`${baseUrl}${path}`, {
        ...request,
        fetch: pipeline.fetchFor({ ...options, operation: name, safety }),
        parseJson: (text) => (text === '' ? undefined : JSON.parse(text)),
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
      }).json();
      return new Answer(name, value);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw unexpected(`answered ${name} with something else than JSON`);
    }
  };
}
