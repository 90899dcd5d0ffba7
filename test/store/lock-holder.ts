// A process that tries to take the folder it is told, says how it went, and holds it until its input ends.
import { lockFolder } from '../../src/store/process-lock.ts';

try {
  await lockFolder(process.argv[2] ?? '');
  process.stdout.write('held\n');
  process.stdin.resume().on('end', () => process.exit());
} catch (error) {
  process.stdout.write(`${(error as Error).constructor.name}: ${(error as Error).message}\n`);
}
