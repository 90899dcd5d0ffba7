/** Whether officers must give one-time codes, or only those do who enrolled. */
export type CodePolicy = 'obligatory' | 'offered';
