/** What a seeded account holds. */
export interface SeedPlan {
  readonly inbox: ListPlan;
  readonly projects: readonly ProjectPlan[];
}

/** The tasks of one list. Titles are a beginning and an ending each. */
export interface ListPlan {
  readonly open: number;
  readonly completed: number;
  readonly beginnings: readonly string[];
  readonly endings: readonly string[];
  readonly tags: readonly string[];
}

export interface ProjectPlan extends ListPlan {
  readonly name: string;
  readonly color?: string;
  readonly viewMode?: string;
  readonly kind?: string;
  /** The project group's name. */
  readonly group?: string;
  readonly columns?: readonly string[];
  /** Another person works in it. */
  readonly shared?: boolean;
}
