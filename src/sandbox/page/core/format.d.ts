export function clockTime(ts: string): string;
export function fullDay(ts: string): string;
export function dayKey(ts: string): string;
export function dayInWords(date: string | null): string;
export function toLocalInput(seconds: number | null): string;
export function fromLocalInput(value: string): number | null;
export function formatDateTokens(seconds: number, format: string): string;
export function fileSize(bytes: number): string;
export function safeUrl(url: unknown): string | null;
