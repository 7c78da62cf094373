import type { CallOptions } from '@context-sdk/oauth-core';
import { optionalProject } from '../input/needed-project.ts';
import type { Transport } from '../requests/transport.ts';

/** A field of the organization. */
export interface FieldDefinition {
  /** Localised. */
  name: string;
  /** What stands in `fields`, for example `System.Title` or `Custom.Risk`. */
  referenceName: string;
  /** `string`, `integer`, `dateTime`, `html`, `identity`, … */
  type: string;
  readOnly?: boolean;
  isIdentity?: boolean;
  isPicklist?: boolean;
  [more: string]: unknown;
}

/** What fields there are. Scope `vso.work`. */
export class FieldDefinitions {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The fields of the organization, or of one project of it. */
  async list(options: CallOptions & { project?: string | undefined } = {}): Promise<FieldDefinition[]> {
    const project = optionalProject(options.project);
    const answer = await this.#transport.send({ name: 'fields.list', safety: 'safe' }, options, (api) =>
      api.getFields(project),
    );
    return answer.list<FieldDefinition>({ referenceName: 'string', type: 'string' });
  }
}
