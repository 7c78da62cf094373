import {
  createPipeline,
  type Pipeline,
  type PipelineOptions,
  withoutSecrets,
} from '@context-sdk/oauth-core/client-kit';
import { ReauthorizationRequiredError } from '@context-sdk/oauth-core/errors';
import type { Refusal } from './classifier.ts';
import { SERVICE } from './errors.ts';
import { PERSONAL_ACCESS_TOKEN_HINT } from './personal-access-token.ts';

/** What else may be wrong where Azure DevOps refuses a fresh access token: it shows the same page for all of it. */
const ACCESS_TOKEN_HINT: string =
  'Azure DevOps also refuses good tokens of another tenant than that of the organization, of personal Microsoft ' +
  'accounts (they need a personal access token), of apps and users that are no members of the organization, and all ' +
  'of them where its policy "Third-party application access via OAuth" is off.';

/** The same error with what the service said, and with what may be wrong with a credential of this kind. */
function explained(
  auth: PipelineOptions['auth'],
  refusal: Refusal | undefined,
): ReauthorizationRequiredError {
  const { status, requestId, said, reason, request } = refusal ?? {};
  const hint = auth.scheme === 'Basic' ? PERSONAL_ACCESS_TOKEN_HINT : ACCESS_TOKEN_HINT;
  const error = new ReauthorizationRequiredError(reason === 'expired' ? 'expired' : 'rejected', {
    service: SERVICE,
    status,
    requestId,
    hint: said === undefined ? hint : `Azure DevOps said: ${said.replace(/[.\s]*$/, '.')} ${hint}`,
  });
  return request === undefined ? error : withoutSecrets(error, request);
}

/** A pipeline that tells what the service said if it refuses a credential. `latestRefusal` gives the response. */
export function createPipelineWithAuthHint(
  options: PipelineOptions,
  latestRefusal: () => Refusal | undefined,
): Pipeline {
  const pipeline = createPipeline(options);
  return {
    fetchFor(call) {
      const fetch = pipeline.fetchFor(call);
      return async (input, init) => {
        try {
          return await fetch(input, init);
        } catch (error) {
          if (!(error instanceof ReauthorizationRequiredError) || error.reason !== 'rejected') throw error;
          throw explained(options.auth, latestRefusal());
        }
      };
    },
  };
}
