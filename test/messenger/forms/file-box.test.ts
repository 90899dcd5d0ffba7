import { describe, expect, test } from 'vitest';
import { movedFile, sortFiles } from '../../../src/messenger/forms/file-box.ts';
import { file, form } from '../../../src/messenger/forms/form.ts';

const kinds = ['pdf'];
const FIELDS = ['letter', 'diagram', 'process'];
const sample = form(
  {
    letter: file({ label: '공문', kinds, named: /공문/ }),
    diagram: file({ label: '구성도', kinds, named: /구성/ }),
    process: file({ label: '업무 프로세스', kinds, named: /흐름/ }),
  },
  [{ title: '첨부파일', fields: FIELDS, box: { label: '첨부파일', hint: '', fields: FIELDS } }],
);
const ref = (name: string) => ({ sha256: name, name: `${name}.pdf`, size: 1, type: 'pdf' });
const stored = (names: Record<string, string>) =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, [ref(name)]]));
const sort = (chosen: string[], before: Record<string, string> = {}, open = FIELDS) => {
  const { refs, unsure } = sortFiles(sample, open, chosen.map(ref), stored(before));
  return { refs, unsure };
};

describe('files of one box', () => {
  test('by their names in any order, also in decomposed letters, and the last one by elimination', () => {
    const refs = stored({ process: '업무흐름', letter: '공문'.normalize('NFD'), diagram: '스캔' });
    expect(sort(['업무흐름', '스캔', '공문'.normalize('NFD')])).toEqual({ refs, unsure: false });
  });

  test('a name counts more than the place that another file got by its order before', () => {
    const before = { letter: '공문', diagram: '스캔' };
    const refs = stored({ letter: '공문', diagram: '구성도', process: '스캔' });
    expect(sort(['스캔', '공문', '구성도'], before)).toEqual({ refs, unsure: false });
  });

  test('all of them in the order in which they were chosen, also when one was refused before', () => {
    const refs = stored({ letter: '1', diagram: '2', process: '3' });
    expect(sort(['1', '2', '3'], { letter: '2', diagram: '3' })).toEqual({ refs, unsure: true });
  });

  test('one alone takes no place that a good file has, and the person is asked', () => {
    const before = { letter: '2', diagram: '3' };
    expect(sort(['1'], before)).toEqual({ refs: stored({ process: '1' }), unsure: true });
    expect(sort(['업무흐름'], before)).toEqual({ refs: stored({ process: '업무흐름' }), unsure: true });
  });

  test('sent again unchanged, they lie where they lay', () => {
    const before = { letter: '2', diagram: '구성도' };
    expect(sort(['2', '구성도'], before).refs).toEqual(stored(before));
  });

  test('one for two places that are to be replaced: the person is asked which', () => {
    const before = { letter: '공문', diagram: '구성도' };
    const given = sort(['스캔'], before, ['letter', 'diagram']);
    expect(given).toEqual({ refs: stored({ letter: '스캔' }), unsure: true });
    expect(sort(['새 구성도'], before, ['letter', 'diagram']).unsure).toBe(false);
  });

  test('the same file twice, and more than there are places', () => {
    expect(sort(['1', '1', '2', '3']).refs).toEqual(stored({ letter: '1', diagram: '1', process: '2' }));
  });
});

test('only two known fields change places', () => {
  const before = stored({ letter: '1', diagram: '2' });
  expect(movedFile(FIELDS, before, 'letter>diagram')).toEqual(stored({ letter: '2', diagram: '1' }));
  expect(movedFile(FIELDS, before, 'letter>process')).toEqual({ letter: [], ...stored({ process: '1' }) });
  for (const forged of ['', '>', 'letter', 'letter>letter', 'letter>consent', '__proto__>letter'])
    expect(movedFile(FIELDS, before, forged), forged).toEqual({});
});
