/** True while Hangul is being composed: the Enter that ends a syllable must not send or choose anything. */
export const composing = (event) => event.isComposing || event.keyCode === 229;
