import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../json.ts';
import { invalidValue, unsupportedMediaType } from '../failures.ts';

/** The body as a JSON object; key names are matched without regard to case, as the service does. */
export function readObject(request: ServiceRequest): JsonObject {
  const value = readJson(request, 'application/json');
  if (!isJsonObject(value)) throw invalidValue('The body of the request must be a JSON object.');
  return value;
}

/** The body as JSON, under exactly this media type. */
export function readJson(request: ServiceRequest, mediaType: string): JsonValue {
  requireMediaType(request, mediaType);
  const value = parseJson(bodyText(request));
  if (value === undefined) throw invalidValue('The body of the request is not valid JSON.');
  return value;
}

export function requireMediaType({ method, headers }: ServiceRequest, mediaType: string): void {
  const sent = headers.get('content-type') ?? '';
  if (sent.split(';')[0]?.trim().toLowerCase() !== mediaType) {
    throw unsupportedMediaType(method, sent, mediaType);
  }
}

/** A property by its name, in any case. */
export function property(body: JsonObject, name: string): JsonValue | undefined {
  const key = Object.keys(body).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : (body[key] ?? undefined);
}
