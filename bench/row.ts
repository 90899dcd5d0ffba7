export interface BenchRow {
  name: string;
  value: number;
  unit: string;
}

/** Seconds on the clock, and of this process's CPU: the embedded database computes in it. */
export interface Spent {
  seconds: number;
  cpu: number;
}

export async function spentOn<T>(work: () => Promise<T>): Promise<Spent & { value: T }> {
  const [start, before] = [performance.now(), cpuMs()];
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000, cpu: (cpuMs() - before) / 1000 };
}

/** CPU milliseconds that this process has used: they stay true on a busy machine, where times do not. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
