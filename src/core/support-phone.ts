export const SUPPORT_NUMBER = '1661-9088';
/** 표준API 보급·이용 관련문의(기술지원), as the guide gives it. */
export const SUPPORT_PHONE = `${SUPPORT_NUMBER} (내선 2번)`;
