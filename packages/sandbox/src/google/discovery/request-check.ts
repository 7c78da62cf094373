import { createRouter, type RouteTemplate, type Router } from '../../http/router.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { parseJson } from '../../json.ts';
import { checkParameters } from './check-parameters.ts';
import { checkValue } from './check-value.ts';
import { asDocument, type DiscoveryDocument, type DiscoveryMethod, methodsOf } from './document.ts';

interface DescribedRoute extends RouteTemplate {
  readonly described: DiscoveryMethod;
  readonly document: DiscoveryDocument;
  /** The body is media, not the schema's JSON. */
  readonly upload: boolean;
}

/** Checks requests against Google's discovery documents, and keeps what they do not allow. */
export class RequestCheck {
  /** In words, oldest first. */
  readonly violations: string[] = [];
  readonly #find: Router<DescribedRoute>;
  readonly #hosts: ReadonlySet<string>;

  constructor(documents: readonly unknown[]) {
    const known = documents.map(asDocument);
    this.#hosts = new Set(known.map(({ rootUrl }) => new URL(rootUrl).host));
    this.#find = createRouter(known.flatMap(routesOf));
  }

  /** What is wrong with a request; nothing where no document describes its host. */
  violationsOf(request: ServiceRequest): string[] {
    if (!this.#hosts.has(request.host)) return [];
    const match = this.#find(request.method, `/${request.host}${request.path}`);
    const found = match ? checkRequest(request, match.route) : ['There is no such method.'];
    const violations = found.map((words) => `${request.method} ${request.path}: ${words}`);
    this.violations.push(...violations);
    return violations;
  }
}

function routesOf(document: DiscoveryDocument): DescribedRoute[] {
  const { host } = new URL(document.rootUrl);
  return methodsOf(document).flatMap((described) => {
    const { id, httpMethod, path, mediaUpload } = described;
    const route = { operation: id, method: httpMethod, described, document };
    const uploads = Object.values(mediaUpload?.protocols ?? {}).map((protocol) => ({
      ...route,
      path: `/${host}${protocol.path}`,
      upload: true,
    }));
    return [{ ...route, path: `/${host}/${document.servicePath}${path}`, upload: false }, ...uploads];
  });
}

function checkRequest(request: ServiceRequest, { described, document, upload }: DescribedRoute): string[] {
  const parameters = { ...document.parameters, ...described.parameters };
  const inQuery = checkParameters(request.query, parameters);
  return upload ? inQuery : [...inQuery, ...checkBody(bodyText(request), described, document)];
}

function checkBody(text: string, { request }: DiscoveryMethod, { schemas }: DiscoveryDocument): string[] {
  if (!request) return text === '' ? [] : ['It takes no body.'];
  if (text === '') return [];
  const body = parseJson(text);
  return body === undefined ? ['The body is not JSON.'] : checkValue(body, request, schemas, 'body');
}
