import type { ServiceRequest } from '../../http/service.ts';

/** Where a request goes: an organization, perhaps a project and a team, and the part below `_apis`. */
export interface Address {
  readonly organization: string;
  readonly project: string | undefined;
  readonly team: string | undefined;
  /** Lower case, without a slash at the start; undefined outside of `_apis`. */
  readonly apiPath: string | undefined;
}

/** Takes apart `dev.azure.com/{org}/…` and the old form `{org}.visualstudio.com/…`, with or without DefaultCollection. */
export function addressOf({ host, path }: ServiceRequest): Address {
  const segments = path.split('/').filter((segment) => segment !== '');
  const [, organizationOfHost] = /^([^.]+)\.visualstudio\.com$/.exec(host) ?? [];
  const organization = organizationOfHost ?? decode(segments.shift() ?? '');
  if (segments[0]?.toLowerCase() === 'defaultcollection') segments.shift();
  const apis = segments.findIndex((segment) => segment.toLowerCase() === '_apis');
  const [project, team] = apis < 0 ? segments : segments.slice(0, apis);
  return {
    organization,
    project: project === undefined ? undefined : decode(project),
    team: team === undefined ? undefined : decode(team),
    apiPath: apis < 0 ? undefined : templatePath(segments.slice(apis + 1)),
  };
}

/** `workitems/$Task` becomes `workitems/$/task`, so that the type is a segment of its own. */
function templatePath(segments: readonly string[]): string {
  const path = segments.join('/').toLowerCase();
  return path.replace(/^wit\/workitems\/(?:\$|%24)(?=.)/, 'wit/workitems/$/');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
