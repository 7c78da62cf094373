import type { ServiceRequest } from '../http/service.ts';
import { type JsonValue, parseJson } from '../json.ts';
import type { SavedRequest } from './saved-state.ts';

const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Operations that read by POST. */
const READ_OPERATION = /query|filter|search|batchGet|^oauth\./i;

/** Every request that changed something, oldest first. */
export class Journal {
  readonly entries: SavedRequest[] = [];

  /** Keeps a request that was answered, unless it was refused or only read. */
  keep(
    request: ServiceRequest,
    operation: string,
    { account, status, at }: { account: string; status: number; at: number },
  ): void {
    if (status >= 400 || READ_METHODS.has(request.method) || READ_OPERATION.test(operation)) return;
    const query = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    this.entries.push({
      account,
      request: `${request.method} https://${request.host}${request.path}${query}`,
      ...readBody(request),
      at: new Date(at).toISOString(),
    });
  }
}

function readBody({ body, headers }: ServiceRequest): Pick<SavedRequest, 'body' | 'base64' | 'contentType'> {
  const contentType = headers.get('content-type') ?? '';
  const type = contentType === '' ? {} : { contentType };
  if (body.length === 0) return type;
  const text = new TextDecoder().decode(body);
  const json: JsonValue | undefined = contentType.includes('json') ? parseJson(text) : undefined;
  if (json !== undefined) return { body: json, ...(!/^application\/json(?:;|$)/.test(contentType) && type) };
  return { base64: Buffer.from(withoutTokens(body, contentType)).toString('base64'), ...type };
}

/** The parts of a batch may have tokens of their own. */
function withoutTokens(body: Uint8Array, contentType: string): Uint8Array {
  if (!contentType.startsWith('multipart/mixed')) return body;
  return Buffer.from(
    Buffer.from(body)
      .toString('latin1')
      .replaceAll(/^authorization:.*\r?\n/gim, ''),
    'latin1',
  );
}
