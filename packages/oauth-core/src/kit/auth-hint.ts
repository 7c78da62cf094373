import { ReauthorizationRequiredError } from '../errors/index.ts';
import type { Pipeline } from '../http/pipeline.ts';

/** Adds to the refusal of a fresh token what else may be wrong, where a service shows the same page for all of it. */
export function withAuthHint(pipeline: Pipeline, hint: string, service: string): Pipeline {
  return {
    fetchFor(call) {
      const fetch = pipeline.fetchFor(call);
      return async (input, init) => {
        try {
          return await fetch(input, init);
        } catch (error) {
          if (!(error instanceof ReauthorizationRequiredError) || error.reason !== 'rejected') throw error;
          throw new ReauthorizationRequiredError('rejected', { service, hint });
        }
      };
    },
  };
}
