/** Whose a tag is, in TickTick's numbers. */
export const TagType = { personal: 1, team: 2 } as const;
export type TagType = (typeof TagType)[keyof typeof TagType];

/** A tag of the user's list. Tasks name it by its `name`. Fields that are not named here are there too. */
export interface Tag {
  /** The label in lower case. */
  name: string;
  label?: string;
  sortOrder?: number;
  color?: string;
  /** The name of the tag that this one lies under. */
  parent?: string;
  type?: TagType | (number & {});
}

/** A tag to create. */
export interface TagInput {
  /** In lower case, without space around it, at most 64 characters, as `length` counts them. */
  name: string;
  /** As the app shows it: the name, in capitals as you like. The name where it is left out. */
  label?: string;
}
