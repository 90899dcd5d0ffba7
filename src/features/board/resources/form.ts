import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import { choice, file, form, type Option, text } from '../../../messenger/forms/form.ts';

export const FAQ = 'FAQ';
/** The category of installation guides. The guide's button searches for it, so it finds guides that officers add. */
export const GUIDES = '설치가이드';
export const categories: readonly Option[] = [
  { value: 'GUIDE', label: GUIDES },
  { value: 'FORM', label: '서식' },
  { value: FAQ, label: '자주 묻는 질문(FAQ)' },
  { value: 'OTHER', label: '기타 자료' },
];

export const categoryLabel = (category: string) =>
  categories.find(({ value }) => value === category)?.label ?? category;

/** The form of 자료 등록, and of a new version of a resource. */
export const resourceForm = form(
  {
    category: choice({ label: '분류', options: categories, shape: 'select' }),
    title: text({ label: '제목', hint: 'FAQ는 질문을 적습니다.', max: 100 }),
    text: text({ label: '내용', hint: 'FAQ는 답변을, 파일은 설명을 적습니다.', lines: true, max: 3000 }),
    file: file({
      label: '첨부파일',
      hint: OFFICE_FILES.hint,
      kinds: OFFICE_FILES.extensions,
      optional: true,
    }),
  },
  [{ title: '자료 등록', fields: ['category', 'title', 'text', 'file'] }],
);
