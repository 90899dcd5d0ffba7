export const SUPPORT_NUMBER = '1661-9088';
/** The telephone number of 표준API 보급·이용 관련문의(기술지원), from the guide. */
export const SUPPORT_PHONE = `${SUPPORT_NUMBER} (내선 2번)`;
