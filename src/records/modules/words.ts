import type { ModuleRelease } from '../../store/client/client.ts';
import { moduleLanguages, operatingSystems } from './choices.ts';
import { MAX_MODULE_BYTES, type ReleaseOrder, type Unadded } from './releases.ts';

const labelOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value;

/** `Java · Linux 64bit`. */
export function platformOf({ language, os, bits }: Pick<ModuleRelease, 'language' | 'os' | 'bits'>): string {
  return `${labelOf(moduleLanguages, language)} · ${labelOf(operatingSystems, os)} ${bits}bit`;
}

/** Why a release was not added, in words, at the field where the officer corrects it. */
export function unaddedText(unadded: Unadded, order: ReleaseOrder): { field: string; text: string } {
  switch (unadded.why) {
    case 'EXISTS':
      return {
        field: 'version',
        text: `이미 등록되어 있습니다: ${order.name} ${order.version} (${platformOf(order)}). 버전을 확인하십시오.`,
      };
    case 'EMPTY':
      return { field: 'file', text: '빈 파일입니다. 다른 파일을 올리십시오.' };
    case 'CUT_OFF':
      return { field: 'file', text: '파일을 끝까지 받지 못했습니다. 파일을 다시 올리십시오.' };
    case 'TOO_LARGE':
      return {
        field: 'file',
        text: `${MAX_MODULE_BYTES / 1024 / 1024}MB까지 등록할 수 있습니다. 더 큰 파일은 서버 운영자에게 요청하십시오.`,
      };
    case 'OTHER_CONTENT':
      return {
        field: 'sha256',
        text: `파일의 SHA-256이 적은 값과 다릅니다. 파일이 손상되었거나 다른 파일입니다. (받은 파일: ${unadded.sha256})`,
      };
  }
}
