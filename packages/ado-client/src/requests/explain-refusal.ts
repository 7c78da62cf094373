import { type AccessTokenSource, type Pipeline, ReauthorizationRequiredError } from '@context-sdk/oauth-core';

const HINT =
  'Azure DevOps also refuses good tokens of another tenant than that of the organization, of personal Microsoft ' +
  'accounts (they need a personal access token), of apps and users that are no members of the organization, and all ' +
  'of them where its policy "Third-party application access via OAuth" is off.';

/** Adds to the refusal of a fresh token what else may be wrong: Azure DevOps shows the same page for all of it. */
export function explainingRefusals(pipeline: Pipeline, { scheme = 'Bearer' }: AccessTokenSource): Pipeline {
  if (scheme !== 'Bearer') return pipeline;
  return {
    fetchFor(call) {
      const fetch = pipeline.fetchFor(call);
      return async (input, init) => {
        try {
          return await fetch(input, init);
        } catch (error) {
          if (!(error instanceof ReauthorizationRequiredError) || error.reason !== 'rejected') throw error;
          throw new ReauthorizationRequiredError('rejected', { service: 'azure-devops', hint: HINT });
        }
      };
    },
  };
}
