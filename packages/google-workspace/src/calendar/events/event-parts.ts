/** Who created or organizes an event. */
export interface EventPerson {
  id?: string;
  email?: string;
  displayName?: string;
  self?: boolean;
}

/** A guest or a room; the organizer may be among them. */
export interface EventAttendee {
  email?: string | undefined;
  displayName?: string | undefined;
  /** `needsAction`, `declined`, `tentative` or `accepted`. */
  responseStatus?: string | undefined;
  comment?: string | undefined;
  optional?: boolean | undefined;
  additionalGuests?: number | undefined;
  /** A room or the like. */
  resource?: boolean | undefined;
  organizer?: boolean | undefined;
  self?: boolean | undefined;
  id?: string | undefined;
}

/** When to remind the user before the start. */
export interface EventReminder {
  /** `popup` or `email`. */
  method?: string | undefined;
  /** From 0 to 40,320: four weeks. */
  minutes?: number | undefined;
}

/** A file, usually of Google Drive. */
export interface EventAttachment {
  fileUrl?: string | undefined;
  title?: string | undefined;
  mimeType?: string | undefined;
  iconLink?: string | undefined;
  fileId?: string | undefined;
}

/** One way into a conference. */
export interface ConferenceEntryPoint {
  /** `video`, `phone`, `sip` or `more`. */
  entryPointType?: string | undefined;
  uri?: string | undefined;
  label?: string | undefined;
  pin?: string | undefined;
  accessCode?: string | undefined;
  meetingCode?: string | undefined;
  passcode?: string | undefined;
  password?: string | undefined;
  regionCode?: string | undefined;
  entryPointFeatures?: string[] | undefined;
}

/** The conference of an event. Google makes a new one after its response: read the event again while it is `pending`. */
export interface ConferenceData {
  conferenceId?: string | undefined;
  /** Asks for a new conference. */
  createRequest?: {
    /** New for every conference. Asking again with the same one does nothing. */
    requestId?: string | undefined;
    /** `hangoutsMeet` is Google Meet. */
    conferenceSolutionKey?: { type?: string } | undefined;
    /** `pending`, `success` or `failure`. */
    status?: { statusCode?: string } | undefined;
  };
  conferenceSolution?: { key?: { type?: string }; name?: string; iconUri?: string } | undefined;
  entryPoints?: ConferenceEntryPoint[] | undefined;
  notes?: string | undefined;
  parameters?: { addOnParameters?: { parameters?: Record<string, string> } } | undefined;
  signature?: string | undefined;
}

/** Of an event with `eventType: 'focusTime'`. */
export interface FocusTimeProperties {
  /** `declineNone`, `declineAllConflictingInvitations` or `declineOnlyNewConflictingInvitations`. */
  autoDeclineMode?: string | undefined;
  declineMessage?: string | undefined;
  /** `available` or `doNotDisturb`. */
  chatStatus?: string | undefined;
}

/** Of an event with `eventType: 'outOfOffice'`. */
export interface OutOfOfficeProperties {
  /** As in {@link FocusTimeProperties}. */
  autoDeclineMode?: string | undefined;
  declineMessage?: string | undefined;
}

/** Of an event with `eventType: 'workingLocation'`. */
export interface WorkingLocationProperties {
  /** `homeOffice`, `officeLocation` or `customLocation`. */
  type?: string | undefined;
  homeOffice?: unknown;
  officeLocation?: {
    label?: string | undefined;
    buildingId?: string | undefined;
    floorId?: string | undefined;
    floorSectionId?: string | undefined;
    deskId?: string | undefined;
  };
  customLocation?: { label?: string } | undefined;
}

/** Of an event with `eventType: 'birthday'`. */
export interface BirthdayProperties {
  /** `birthday`, `anniversary`, `self`, `other` or `custom`. */
  type?: string | undefined;
  contact?: string | undefined;
  customTypeName?: string | undefined;
}
