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
  { parts, log, clients, filings, extraHolidays, homes, openHomes, patience }: Frame,
  app: App,
) {
  const { slack, config, signer, formerSigners = [], proof = null, stepUp } = parts;
  const { interactive, bulk } = clients;
  const whoIs = async (slackId: string) => {
    const person = whoIsNow(filings, interactive, slackId);
    return requireActive(await (config.databaseUrl ? inTime(person, patience * 0.75) : person));
  };
  const messenger = createMessenger({ app, client: interactive, whoIs, log, patience });
  const origins = ['https://files.slack.com', ...(slack.apiUrl ? [new URL(slack.apiUrl).origin] : [])];
  const checkAccounts = registerPresence(messenger, filings, bulk);
  await registerRooms(messenger, {
    filings,
    files: { botToken: slack.botToken, origins: new Set(origins), mustNotKeep: privateKeyRefusal },
    proof,
    codes: stepUp?.box ?? null,
    trusted: [signer.certificatePem, ...formerSigners],
    deskChannel: slack.adminChannel,
    questionsChannel: slack.questionsChannel ?? null,
    extraHolidays,
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
