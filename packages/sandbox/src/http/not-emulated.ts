import { escapeHtml } from './escape-html.ts';
import { htmlResponse, jsonResponse } from './responses.ts';
import type { ServiceRequest } from './service.ts';

type Asked = Pick<ServiceRequest, 'host' | 'method' | 'path'>;

/** How a family of hosts words an error, by the end of the host's name. */
const SHAPES: readonly [domains: readonly string[], shape: (words: string) => Response][] = [
  [['google.com', 'googleapis.com'], googleError],
  [['dev.azure.com', 'visualstudio.com'], azureDevOpsError],
  [['microsoftonline.com'], entraError],
  [['ticktick.com', 'dida365.com'], tickTickError],
];

/** The response to a request that no service here knows: an error in its service's shape that names the sandbox. */
export function notEmulated({ host, method, path }: Asked): Response {
  const words = `The Context SDK sandbox does not emulate ${method} ${path} at ${host}.`;
  const found = SHAPES.find(([domains]) =>
    domains.some((domain) => host === domain || host.endsWith(`.${domain}`)),
  );
  return found ? found[1](words) : jsonResponse({ error: words }, 404);
}

/** Google answers a page: https://www.googleapis.com/none. */
function googleError(words: string): Response {
  return htmlResponse(
    `<!doctype html><title>Error 404 (Not Found)!!1</title><p>${escapeHtml(words)}</p>`,
    404,
  );
}

function azureDevOpsError(message: string): Response {
  const typeKey = 'VssResourceNotFoundException';
  const namespace = 'Microsoft.VisualStudio.Services.Common';
  const typeName = `${namespace}.${typeKey}, ${namespace}`;
  return jsonResponse(
    { $id: '1', innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3000 },
    404,
  );
}

function entraError(words: string): Response {
  return jsonResponse({ error: 'invalid_request', error_description: words, error_codes: [900144] }, 404);
}

function tickTickError(errorMessage: string): Response {
  return jsonResponse({ errorId: 'sandbox', errorCode: 'not_found', errorMessage, data: null }, 404);
}
