import type { ServiceRequest } from '../../http/service.ts';
import { ApiFailure } from '../api-failure.ts';

/** The version that a request asks for, such as 7.1 or 7.2-preview.4. */
export interface ApiVersion {
  /** 7.1 as 71, so that versions compare as whole numbers. */
  readonly number: number;
  readonly preview: boolean;
  /** The resource version behind `preview.`; undefined if none is given. */
  readonly resource: number | undefined;
}

/** Since when a resource is no preview any more. */
export interface Release {
  /** Whether every version of the resource is still a preview. */
  readonly previewOnly: boolean;
  /** The version in which it was released, 7.0 as 70, if not in all: before, it is a preview. */
  readonly releasedIn?: number;
}

const NEWEST_RELEASED_VERSION = 71;
const OLDEST_VERSION = 10;

/** Reads `api-version` from the query or the Accept header; only reads may leave it out. */
export function readVersion(
  request: ServiceRequest,
  { previewOnly, releasedIn = 0 }: Release,
  newest: string,
): ApiVersion {
  const text = request.query.get('api-version') ?? fromAccept(request.headers.get('accept') ?? '');
  if (text === undefined) {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method))
      return { number: 71, preview: true, resource: undefined };
    throw versionFailure('VssVersionNotSpecifiedException', notSpecified(request.method));
  }
  const [, major, minor, preview, resource] = /^(\d+)\.(\d)(-preview)?(?:\.(\d+))?$/i.exec(text) ?? [];
  const number = Number(`${major}${minor}`);
  if (Number.isNaN(number) || number < OLDEST_VERSION || number > Number(newest.replace('.', ''))) {
    throw versionFailure(
      'VssVersionOutOfRangeException',
      `The requested REST API version of ${text} is out of range for this server. The latest REST API version this server supports is ${newest}.`,
    );
  }
  const isPreview = previewOnly || number < releasedIn || number > NEWEST_RELEASED_VERSION;
  if (isPreview && preview === undefined) {
    throw versionFailure('VssInvalidPreviewVersionException', underPreview(text));
  }
  return {
    number,
    preview: preview !== undefined,
    resource: resource === undefined ? undefined : Number(resource),
  };
}

function fromAccept(accept: string): string | undefined {
  return /;\s*api-version=([^;,\s]+)/i.exec(accept)?.[1];
}

function versionFailure(typeKey: string, message: string): ApiFailure {
  return new ApiFailure(400, typeKey, message, { area: 'common' });
}

function notSpecified(method: string): string {
  return `No api-version was supplied for the "${method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`;
}

function underPreview(version: string): string {
  return `The requested version "${version}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${version}-preview"`;
}
