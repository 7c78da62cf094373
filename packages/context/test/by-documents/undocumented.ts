import { recorded, recordedNames } from '@context-sdk/test-support/recordings';
import type { Sent } from './judged-clients.ts';

const NODE_API = 'https://github.com/microsoft/azure-devops-node-api/blob/master/api';
const LEARN = 'https://learn.microsoft.com/rest/api/azure/devops';

/** Where Azure DevOps' requests come from whose area no Swagger document at hand has. */
export const UNDOCUMENTED: Readonly<Record<string, string>> = {
  build: `${NODE_API}/BuildApi.ts`,
  connectionData: `${NODE_API}/LocationsApi.ts`,
  git: `${NODE_API}/GitApi.ts`,
  identities: `${LEARN}/ims/identities/read-identities`,
  projects: `${LEARN}/core/projects`,
  'wit/$batch': `${LEARN}/wit/work-item-batch-update`,
  work: `${NODE_API}/WorkApi.ts`,
};

/** `wit` of `/fabrikam/_apis/wit/fields`; undefined for other services. */
function areaOf({ pathname }: URL): string | undefined {
  const [, behind] = pathname.split('/_apis/');
  if (behind === undefined) return undefined;
  return behind.endsWith('/$batch') ? behind : behind.split('/')[0];
}

/** The areas of Azure DevOps that requests were for without a document or another source for them. */
export function areasWithoutSource(sent: readonly Sent[]): string[] {
  const paths = recordedNames('specs', 'azure-devops')
    .filter((name) => name.endsWith('-7.1.json'))
    .flatMap((name) => Object.keys((recorded('specs', 'azure-devops', name) as { paths: object }).paths));
  const documented = new Set(paths.map((path) => path.split('/_apis/')[1]?.split('/')[0]));
  const areas = new Set(sent.map(({ url }) => areaOf(url)));
  return [...areas].filter(
    (area): area is string => area !== undefined && !documented.has(area) && !(area in UNDOCUMENTED),
  );
}
