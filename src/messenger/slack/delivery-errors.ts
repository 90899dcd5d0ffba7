/** Nobody to say it to; trying again changes nothing. */
export class Undeliverable extends Error {}
/** The notice is faulty: what it was to say cannot be made from its facts. */
export class Unrenderable extends Error {}
/** Another process has taken the row over: what happens to it is no longer ours to say. */
export class ClaimLost extends Error {}
/** The share was asked for and has not shown up: too early to say that it will not. */
export class ShareAwaited extends Error {}
