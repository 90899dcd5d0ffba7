import { defineConfig } from 'vitest/config';
import { shared } from '../vitest.config.ts';

/** Where the database matters: races, migrations, SQL by hand, size. Needs TEST_DATABASE_URL. */
export default defineConfig({
  test: {
    ...shared,
    testTimeout: 900_000,
    include: [
      'test/store/**/*.test.ts',
      'test/filing/{decide,submit,moved-meanwhile,statements}.test.ts',
      'test/{reminders,features/surveys,features/privacy}/**/*.test.ts',
      'test/messenger/**/outbox-*.test.ts',
      'test/app/operator/{agencies-import,commands,backup.long,doctor-server,settle-restored}.test.ts',
      'test/records/{people,absences,modules}/**/*.test.ts',
      'test/procedures/{paper-contact,transfer,step-up,objection}.test.ts',
      'test/story/{crash,race,survey-large,notices-crash,notices-crowd}.long.test.ts',
      'test/story/{main-path,desk,queue,survey,questions,notices,together,undo,privacy,drafts,lists}.test.ts',
    ],
    provide: { thorough: false },
  },
});
