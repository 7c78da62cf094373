/** Named in errors and events, and part of the limiter's key. */
export const SERVICE = 'gmail';
