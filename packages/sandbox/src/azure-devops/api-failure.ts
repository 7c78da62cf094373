import { jsonResponse } from '../http/responses.ts';
import type { JsonObject } from '../json.ts';

/** A refusal with the body that Azure DevOps gives every error. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly typeKey: string;
  readonly #area: Area;
  readonly #customProperties: JsonObject | undefined;

  constructor(
    status: number,
    typeKey: string,
    message: string,
    options: { area?: Area; customProperties?: JsonObject } = {},
  ) {
    super(message);
    this.status = status;
    this.typeKey = typeKey;
    this.#area = options.area ?? 'workItems';
    this.#customProperties = options.customProperties;
  }

  get body(): JsonObject {
    const { namespace, eventId } = AREAS[this.#area];
    return {
      $id: '1',
      ...(this.#customProperties && { customProperties: this.#customProperties }),
      innerException: null,
      message: this.message,
      typeName: `${namespace}.${this.typeKey}, ${namespace}`,
      typeKey: this.typeKey,
      errorCode: 0,
      eventId,
    };
  }

  toResponse(headers: Record<string, string> = {}): Response {
    return jsonResponse(this.body, this.status, { 'content-type': JSON_TYPE, ...headers });
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';

const AREAS = {
  workItems: { namespace: 'Microsoft.TeamFoundation.WorkItemTracking.Server', eventId: 3200 },
  framework: { namespace: 'Microsoft.TeamFoundation.Framework.Server', eventId: 3000 },
  common: { namespace: 'Microsoft.VisualStudio.Services.Common', eventId: 3000 },
  patch: { namespace: 'Microsoft.VisualStudio.Services.WebApi.Patch', eventId: 3000 },
  hooks: { namespace: 'Microsoft.VisualStudio.Services.ServiceHooks.WebApi', eventId: 4501 },
} as const;

type Area = keyof typeof AREAS;
