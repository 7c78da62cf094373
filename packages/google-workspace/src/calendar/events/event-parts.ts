/** Who created or organizes an event. */
export interface EventPerson {
  id?: string;
  email?: string;
  displayName?: string;
  self?: boolean;
}

/** A guest or a room; the organizer may be among them. */
export interface EventAttendee {
  email?: string;
  displayName?: string;
  /** `needsAction`, `declined`, `tentative` or `accepted`. */
  responseStatus?: string;
  comment?: string;
  optional?: boolean;
  additionalGuests?: number;
  /** A room or the like. */
  resource?: boolean;
  organizer?: boolean;
  self?: boolean;
  id?: string;
}

/** When to remind the user before the start. */
export interface EventReminder {
  /** `popup` or `email`. */
  method?: string;
  /** From 0 to 40,320: four weeks. */
  minutes?: number;
}

/** A file, usually of Google Drive. */
export interface EventAttachment {
  fileUrl?: string;
  title?: string;
  mimeType?: string;
  iconLink?: string;
  fileId?: string;
}

/** One way into a conference. */
export interface ConferenceEntryPoint {
  /** `video`, `phone`, `sip` or `more`. */
  entryPointType?: string;
  uri?: string;
  label?: string;
  pin?: string;
  accessCode?: string;
  meetingCode?: string;
  passcode?: string;
  password?: string;
  regionCode?: string;
  entryPointFeatures?: string[];
}

/** The conference of an event. Google makes a new one after its response: read the event again while it is `pending`. */
export interface ConferenceData {
  conferenceId?: string;
  /** Asks for a new conference. */
  createRequest?: {
    /** New for every conference. Asking again with the same one does nothing. */
    requestId?: string;
    /** `hangoutsMeet` is Google Meet. */
    conferenceSolutionKey?: { type?: string };
    /** `pending`, `success` or `failure`. */
    status?: { statusCode?: string };
  };
  conferenceSolution?: { key?: { type?: string }; name?: string; iconUri?: string };
  entryPoints?: ConferenceEntryPoint[];
  notes?: string;
  parameters?: { addOnParameters?: { parameters?: Record<string, string> } };
  signature?: string;
}

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
