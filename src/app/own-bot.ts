import type { Db } from '../store/store.ts';

/** The tokens are of another bot than the database; the message says which, and what to do. */
export class OtherBot extends Error {}

/** The workspace and the bot of the token, as Slack names them. */
export interface Identity {
  team_id?: string | undefined;
  bot_id?: string | undefined;
}

// One that is for trying out has the local workspace, or whatever a developer connects it to.
const mine = { id: 1, purpose: 'REAL' } as const;

/**
 * Notes at the first start with real Slack to which bot the database belongs: its people are known by ids of their
 * workspace, and its cards can be changed by the bot that posted them.
 * @param successor the bot that takes the place of the one noted, if the settings name one
 * @throws OtherBot when the database belongs to another one
 */
export async function settleBot(db: Db, identity: Identity, successor: string | null): Promise<void> {
  const { team_id: teamId, bot_id: botId } = identity;
  if (!teamId || !botId) return;
  await db.installation.updateMany({ where: { ...mine, teamId: null }, data: { teamId, botId } });
  await refuseOtherBot(db, identity, successor);
  await db.installation.updateMany({ where: { ...mine, botId: { not: botId } }, data: { botId } });
}

/** Checks the bot without noting it. @throws OtherBot when the database belongs to another one */
export async function refuseOtherBot(db: Db, identity: Identity, successor: string | null): Promise<void> {
  const { team_id: teamId, bot_id: botId } = identity;
  const known = await db.installation.findFirst({ where: mine });
  if (!teamId || !botId || !known?.teamId) return;
  if (known.teamId !== teamId)
    throw new OtherBot(
      `This database belongs to the workspace ${known.teamId}, and the tokens are of ${teamId}. Set the tokens of ${known.teamId}; or, for ${teamId}, a DATABASE_URL or DATA_DIR of its own.`,
    );
  if (known.botId !== botId && successor !== botId)
    throw new OtherBot(
      `This database belongs to the bot ${known.botId}, and the tokens are of the bot ${botId}. Set the tokens of ${known.botId}. Only if the app was made anew and takes its place: SLACK_BOT_ID=${botId}.`,
    );
}
