/** The parts of a Google discovery document that are checked against. */
export interface DiscoveryDocument {
  readonly name: string;
  /** `https://www.googleapis.com/`. */
  readonly rootUrl: string;
  /** `calendar/v3/`. */
  readonly servicePath: string;
  /** Parameters of every method. */
  readonly parameters?: Readonly<Record<string, DiscoveryParameter>>;
  readonly schemas: Readonly<Record<string, DiscoverySchema>>;
  readonly resources: Readonly<Record<string, DiscoveryResource>>;
}

export interface DiscoveryResource {
  readonly methods?: Readonly<Record<string, DiscoveryMethod>>;
  readonly resources?: Readonly<Record<string, DiscoveryResource>>;
}

export interface DiscoveryMethod {
  readonly id: string;
  readonly httpMethod: string;
  /** Below the service path. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, DiscoveryParameter>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
  readonly mediaUpload?: { readonly protocols: Readonly<Record<string, { readonly path: string }>> };
}

export interface DiscoverySchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: DiscoverySchema;
  readonly properties?: Readonly<Record<string, DiscoverySchema>>;
  readonly additionalProperties?: DiscoverySchema;
}

export interface DiscoveryParameter extends DiscoverySchema {
  readonly location: 'path' | 'query';
  readonly required?: boolean;
  readonly repeated?: boolean;
  readonly minimum?: string;
  readonly maximum?: string;
}

/** Throws a TypeError for what is no discovery document. */
export function asDocument(value: unknown): DiscoveryDocument {
  const fields = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (!['name', 'rootUrl', 'servicePath', 'schemas', 'resources'].every((name) => fields.includes(name))) {
    throw new TypeError('Not a Google discovery document');
  }
  return value as DiscoveryDocument;
}

/** Every method, those of nested resources too. */
export function methodsOf({ resources }: Pick<DiscoveryResource, 'resources'>): DiscoveryMethod[] {
  return Object.values(resources ?? {}).flatMap((resource) => [
    ...Object.values(resource.methods ?? {}),
    ...methodsOf(resource),
  ]);
}
