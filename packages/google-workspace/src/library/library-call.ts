/**
 * The options of one call of Google's library, as far as we set them. They are typed no closer than `object`: each major
 * version of Google's libraries spells their types differently.
 */
export interface LibraryCall {
  fetchImplementation?: object;
  /** Google's own retries would multiply ours, and know no `Retry-After`. */
  retry?: boolean;
  headers?: object;
}

/** What a call of Google's library gives, as far as we read it. */
export interface LibraryAnswer {
  data?: unknown;
}

/** How a client of Google's library is made. */
export interface LibraryOptions<Version extends string> {
  version: Version;
}
