import { checkWholeNumber } from '../input.ts';

/** Part of the user's projects, in TickTick's order. */
export interface ProjectPage {
  /** Projects to skip. Default with a `limit`: 0. */
  offset?: number | undefined;
  /** The most projects to return. Default with an `offset`: 200. */
  limit?: number | undefined;
}

/** The page as query. Throws {@link InvalidRequestError} naming the field. */
export function pageQuery({ offset, limit }: ProjectPage): ProjectPage {
  checkWholeNumber(offset, 'offset');
  checkWholeNumber(limit, 'limit', 1);
  return { offset, limit };
}
