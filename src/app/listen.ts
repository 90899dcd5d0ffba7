import type { App } from '@slack/bolt';
import { askAccount, registerPresence, whoIsNow } from '../features/presence/presence-slack.ts';
import { createMessenger } from '../messenger/slack/messenger.ts';
import { requireActive } from '../records/people/who.ts';
import { privateKeyRefusal } from '../records/pki/private-key.ts';
import { noteAccount, rememberAccount } from '../records/presence/presence.ts';
import type { Frame } from './frame.ts';
import { inTime } from './in-time.ts';
import { registerRooms } from './rooms.ts';

/** Registers all rooms. @returns a function that checks the accounts of everybody who has a part in a procedure */
export async function listen(
  { parts, log, clients, filings, extraHolidays, table, homes, openHomes, inTurn, patience }: Frame,
  app: App,
) {
  const { slack, config, signer, formerSigners = [], proof = null, stepUp } = parts;
  const { interactive, bulk } = clients;
  const whoSubmits = async (slackId: string) => requireActive(await whoIsNow(filings, interactive, slackId));
  const whoIs = config.databaseUrl ? (slackId: string) => inTime(whoSubmits(slackId), patience) : whoSubmits;
  const messenger = createMessenger({ app, client: interactive, whoIs, whoSubmits, inTurn, log, patience });
  const origins = ['https://files.slack.com', ...(slack.apiUrl ? [new URL(slack.apiUrl).origin] : [])];
  const checkAccounts = registerPresence(messenger, filings, bulk);
  await registerRooms(messenger, {
    ground: filings,
    filings,
    files: { botToken: slack.botToken, origins: new Set(origins), mustNotKeep: privateKeyRefusal },
    proof,
    codes: stepUp?.box ?? null,
    trusted: [signer.certificatePem, ...formerSigners],
    deskChannel: slack.adminChannel,
    questionsChannel: slack.questionsChannel ?? null,
    extraHolidays,
    table,
    whoIs,
    refreshHome: (slackId) => homes.refresh(slackId),
    openHomes,
    remember: async (slackId) => {
      const account = await askAccount(interactive, slackId);
      if (!account) return;
      await rememberAccount(filings.db, account);
      await noteAccount(filings, account);
    },
  });
  return { checkAccounts };
}
