import { createPipeline, type Pipeline, type PipelineOptions } from '@context-sdk/oauth-core/client-kit';
import { ReauthorizationRequiredError } from '@context-sdk/oauth-core/errors';
import { SERVICE } from './errors.ts';

/** What else may be wrong where Azure DevOps refuses a fresh access token: it shows the same page for all of it. */
const AUTH_HINT: string =
  'Azure DevOps also refuses good tokens of another tenant than that of the organization, of personal Microsoft ' +
  'accounts (they need a personal access token), of apps and users that are no members of the organization, and all ' +
  'of them where its policy "Third-party application access via OAuth" is off.';

/** A pipeline that says, if a fresh token is refused, what else may be wrong: Azure DevOps shows the same page for all of it. */
export function createPipelineWithAuthHint(options: PipelineOptions): Pipeline {
  const pipeline = createPipeline(options);
  return {
    fetchFor(call) {
      const fetch = pipeline.fetchFor(call);
      return async (input, init) => {
        try {
          return await fetch(input, init);
        } catch (error) {
          if (!(error instanceof ReauthorizationRequiredError) || error.reason !== 'rejected') throw error;
          throw new ReauthorizationRequiredError('rejected', { service: SERVICE, hint: AUTH_HINT });
        }
      };
    },
  };
}
