import { optionalProject } from '../input.ts';
import { type AdoContext, PROJECT_OPTIONS, type ProjectOptions, sendByLibrary } from '../wire.ts';

/** A field of the organization. */
export interface FieldDefinition {
  /** Localized. */
  name: string;
  /** What stands in `fields`, for example `System.Title` or `Custom.Risk`. */
  referenceName: string;
  /** `string`, `integer`, `dateTime`, `html`, `identity`, … */
  type: string;
  readOnly?: boolean;
  isIdentity?: boolean;
  isPicklist?: boolean;
  /** Whether its list only suggests values: any other is taken, too. */
  isPicklistSuggested?: boolean;
  [more: string]: unknown;
}

/** The fields that items can have. Scope `vso.work`. */
export class FieldDefinitions {
  readonly #service: AdoContext['service'];

  constructor({ service }: AdoContext) {
    this.#service = service;
  }

  /** The fields of the organization, or of the project that the options name. */
  async list(options?: ProjectOptions): Promise<FieldDefinition[]> {
    const project = optionalProject(options?.project);
    const response = await sendByLibrary(this.#service.call(options, PROJECT_OPTIONS), 'fields.list', [
      project,
    ]);
    return response.member('value').list<FieldDefinition>({ referenceName: 'string', type: 'string' });
  }
}
