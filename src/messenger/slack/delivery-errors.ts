/** The recipient cannot be reached; another try would not help. */
export class Undeliverable extends Error {}
/** The notice cannot be made from its facts, because of a fault. */
export class Unrenderable extends Error {}
/** Another process has claimed the row and decides what happens to it. */
export class ClaimLost extends Error {}
/** Slack has accepted the sharing of a file, but its message has not appeared yet. */
export class ShareAwaited extends Error {}
