import { Refusal } from '../core/refusal.ts';

/**
 * What a database answers within `ms`. One that swallows packets answers later or never, and whoever pressed a button has
 * three seconds. @throws Refusal
 */
export async function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const next = '잠시 뒤 다시 하십시오. 계속되면 시스템 담당자에게 알리십시오.';
      reject(new Refusal('지금은 자료를 읽을 수 없어 처리하지 못했습니다.', next));
    }, ms);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
