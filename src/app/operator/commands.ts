import { z } from 'zod';
import { refuseOtherBot } from '../own-bot.ts';
import { importAgencies } from './agencies.ts';
import { auditVerify } from './audit.ts';
import { backupCopy, backupHolds } from './backup-commands.ts';
import { type Command, command } from './command.ts';
import { addHolidayCommand, listHolidaysCommand, removeHolidayCommand } from './holidays.ts';
import { licenceChainOf, licenceList, licenceVerify } from './licence.ts';
import { addModule, listModules } from './modules.ts';
import { privacyDestructions, privacyExport, privacyReport } from './privacy.ts';
import { refuseOtherPurpose } from './purpose.ts';
import { resetCodes } from './reset-codes.ts';

/** `migrate`: opening the database has applied the migrations; this command lists them. */
const migrate = command(z.object({}), async ({ store, out }) => {
  for (const name of store.migrated) out(`applied ${name}`);
  out('The database is up to date.');
  return 0;
});

/** For `doctor`: checks whether a start would accept the database. */
const check = command(
  z.object({
    purpose: z.enum(['TRIAL', 'REAL']),
    bot: z.object({ team_id: z.string().optional(), bot_id: z.string().optional() }).default({}),
    successor: z.string().nullable().default(null),
  }),
  async ({ store: { db } }, { purpose, bot, successor }) => {
    await refuseOtherPurpose(db, purpose);
    await refuseOtherBot(db, bot, successor);
    return 0;
  },
);

/** All commands that use the database. They run in this process or, through the door, in the bot that has it open. */
export const commands = {
  migrate,
  check,
  'agencies.import': importAgencies,
  'backup.copy': backupCopy,
  'backup.holds': backupHolds,
  'audit.verify': auditVerify,
  'codes.reset': resetCodes,
  'holidays.add': addHolidayCommand,
  'holidays.remove': removeHolidayCommand,
  'holidays.list': listHolidaysCommand,
  'licence.chain': licenceChainOf,
  'licence.list': licenceList,
  'licence.verify': licenceVerify,
  'modules.add': addModule,
  'modules.list': listModules,
  'privacy.report': privacyReport,
  'privacy.export': privacyExport,
  'privacy.destructions': privacyDestructions,
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
