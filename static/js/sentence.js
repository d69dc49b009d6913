// A number opens its sentence, in place.

/** Start listening for figures. */
export function startSentence() {}
