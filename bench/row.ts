export interface BenchRow {
  name: string;
  value: number;
  unit: string;
}

/** The elapsed seconds, and the CPU seconds of this process, in which the embedded database computes too. */
export interface Spent {
  seconds: number;
  cpu: number;
}

export async function spentOn<T>(work: () => Promise<T>): Promise<Spent & { value: T }> {
  const [start, before] = [performance.now(), cpuMs()];
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000, cpu: (cpuMs() - before) / 1000 };
}

/** The CPU milliseconds that this process has used; unlike elapsed time they hardly depend on a busy machine. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** None on a server, which computes in processes of its own. */
export function cpuRatio(cpu: number, baseline: Spent, databaseUrl: string | undefined): BenchRow[] {
  return databaseUrl
    ? []
    : [{ name: '  to the plain INSERT, CPU', value: cpu / baseline.cpu, unit: 'times' }];
}
