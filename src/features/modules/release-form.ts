import { rule } from '../../core/rule.ts';
import { choice, form, text } from '../../messenger/forms/form.ts';
import { bitWidths, moduleLanguages, operatingSystems } from '../../records/modules/choices.ts';

export const VERSION = /^\d+(\.\d+)*([-.][0-9A-Za-z]+)*$/;

const version = rule((typed) =>
  VERSION.test(typed) && typed.length <= 40
    ? { ok: true, value: typed }
    : { ok: false, message: '버전을 1.5.0처럼 적으십시오.' },
);

const sha256 = rule((typed) => {
  const digits = typed.replace(/[\s:]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits)
    ? { ok: true, value: digits }
    : { ok: false, message: 'SHA-256은 0–9와 a–f 64자리입니다. 모르면 비워 두십시오.' };
});

/** The form about a release; the file has a field of its own in the window. */
export const releaseForm = form(
  {
    name: text({
      label: '모듈 이름',
      hint: '같은 모듈의 새 버전이면 이름을 똑같이 적으십시오. 이름이 다르면 다른 모듈로 봅니다.',
      max: 100,
    }),
    version: text({ label: '버전', max: 40, placeholder: '예: 1.5.0', schema: version }),
    language: choice({ label: '개발언어', options: moduleLanguages }),
    os: choice({ label: '운영체제', options: operatingSystems, shape: 'select' }),
    bits: choice({ label: '비트수', options: bitWidths }),
    notes: text({
      label: '달라진 점',
      hint: '쓰고 있는 시스템의 담당자가 그대로 읽습니다.',
      lines: true,
      max: 1000,
      optional: true,
    }),
    sha256: text({
      label: 'SHA-256',
      hint: '배포처가 알려 준 값이 있으면 적으십시오. 파일과 다르면 등록하지 않습니다.',
      max: 200,
      schema: sha256,
      optional: true,
    }),
  },
  [
    {
      title: '모듈 등록',
      fields: ['name', 'version', 'language', 'os', 'bits', 'notes', 'sha256'],
    },
  ],
);
