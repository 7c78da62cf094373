/** Of an event with `eventType: 'focusTime'`. */
export interface FocusTimeProperties {
  /** `declineNone`, `declineAllConflictingInvitations` or `declineOnlyNewConflictingInvitations`. */
  autoDeclineMode?: string;
  declineMessage?: string;
  /** `available` or `doNotDisturb`. */
  chatStatus?: string;
}

/** Of an event with `eventType: 'outOfOffice'`. */
export interface OutOfOfficeProperties {
  /** As in {@link FocusTimeProperties}. */
  autoDeclineMode?: string;
  declineMessage?: string;
}

/** Of an event with `eventType: 'workingLocation'`. */
export interface WorkingLocationProperties {
  /** `homeOffice`, `officeLocation` or `customLocation`. */
  type?: string;
  homeOffice?: unknown;
  officeLocation?: {
    label?: string;
    buildingId?: string;
    floorId?: string;
    floorSectionId?: string;
    deskId?: string;
  };
  customLocation?: { label?: string };
}

/** Of an event with `eventType: 'birthday'`. */
export interface BirthdayProperties {
  /** `birthday`, `anniversary`, `self`, `other` or `custom`. */
  type?: string;
  contact?: string;
  customTypeName?: string;
}
