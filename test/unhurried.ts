/** For people on a machine that has other things to do: a click waits as long as it takes, where Slack gives it 3 s. */
export const unhurried = { ackTimeoutMs: 120_000, triggerLifeMs: 120_000 };

/** Patience of a bot whose windows never say that something takes long, in ms. */
export const NEVER = 120_000;
