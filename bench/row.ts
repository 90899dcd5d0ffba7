export interface BenchRow {
  name: string;
  value: number;
  unit: string;
}

/** CPU milliseconds that this process has used: they stay true on a busy machine, where times do not. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
