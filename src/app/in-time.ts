import { Refusal } from '../core/refusal.ts';

/**
 * Waits at most `ms` for an answer of the database. A broken network may delay it for ever, and a click has to be
 * answered within three seconds. @throws Refusal when it takes longer
 */
export async function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const next = '잠시 뒤 다시 하십시오. 계속되면 봇을 운영하는 사람에게 알리십시오.';
      reject(new Refusal('지금은 자료를 읽을 수 없어 처리하지 못했습니다.', next));
    }, ms);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
