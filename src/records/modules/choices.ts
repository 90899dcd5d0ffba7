/**
 * Choices that several procedures and the module releases share. The values are stored; the labels are the guide's.
 */
export const operatingSystems = [
  { value: 'LINUX', label: 'Linux' },
  { value: 'AIX', label: 'AIX' },
  { value: 'HPUX', label: 'HP-UX' },
  { value: 'SOLARIS', label: 'Solaris' },
  { value: 'WINDOWS', label: 'Windows' },
] as const;

export const bitWidths = [
  { value: '32', label: '32bit' },
  { value: '64', label: '64bit' },
] as const;

/** Languages of the API; the application offers PHP only to refuse it. */
export const moduleLanguages = [
  { value: 'C', label: 'C/C++' },
  { value: 'JAVA', label: 'Java' },
] as const;

/** 보안API 적용내역: what the API is used for, and so what the result report tests. */
export const usages = [
  { value: 'LOGIN', label: '로그인용' },
  { value: 'DATA', label: '데이터 송·수신용' },
  { value: 'TIMESTAMP', label: '시점확인용' },
  { value: 'OTHER', label: '기타' },
] as const;
