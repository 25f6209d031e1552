/** The note that a recorder in Windows session 0 begins its trace with, so that a saved trace says it too. */
export const SERVICE_SESSION_NOTE = 'This process runs in Windows session 0, the session of services.';
