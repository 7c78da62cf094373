/** The settings of the account that TickTick shows. Fields that are not named here are there too. */
export interface UserPreference {
  /** IANA; tasks without a zone of their own get it. */
  timeZone: string;
}
