// Loads the demonstration.
/** Loads them. */
export async function loadDemonstrationFiles(): Promise<void> {}
