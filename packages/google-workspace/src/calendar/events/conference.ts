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

/** The conference of an event. Google makes a new one after the answer: read the event again while it is `pending`. */
export interface ConferenceData {
  conferenceId?: string;
  /** Asks for a new conference. */
  createRequest?: {
    /** New for every conference; asking with the same one again does nothing. */
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
