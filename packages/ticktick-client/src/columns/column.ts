/** A column of a kanban project. Fields that are not named here are there too. */
export interface Column {
  id: string;
  projectId: string;
  name: string;
  sortOrder?: number;
}

/** What can be said about a column: its name, at most 1,000 characters, as `length` counts them. */
export interface ColumnInput {
  name: string;
}
