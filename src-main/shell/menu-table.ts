export type MenuLanguage = 'en' | 'ko'
/** The native menu is made before any page is there: its words stand here, in every language of the page. */
type Words = Readonly<Record<MenuLanguage, string>>

type Role =
  | ('undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'quit' | 'close')
  | ('resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'about')

/** One line of the native menu: an action of the page's registry by its id, or what Electron does itself. */
export type MenuLine =
  | { readonly action: string; readonly label: Words }
  | { readonly role: Role; readonly label: Words }
  | { readonly separator: true }

export interface MenuColumn {
  readonly label: Words
  readonly lines: readonly MenuLine[]
}

const action = (id: string, en: string, ko: string): MenuLine => ({ action: id, label: { en, ko } })
const role = (name: Role, en: string, ko: string): MenuLine => ({ role: name, label: { en, ko } })
const separator: MenuLine = { separator: true }

/** The language of the menu for a locale of the system: Korean, else English. */
export function menuLanguage(locale: string): MenuLanguage {
  return /^ko\b/i.test(locale) ? 'ko' : 'en'
}

/**
 * The native menu. Actions carry no accelerator: the page has the same keys, and a second owner would run them twice.
 * What an action may do, and whether it is enabled, the page decides.
 */
export const menuColumns: readonly MenuColumn[] = [
  {
    label: { en: '&File', ko: '파일(&F)' },
    lines: [
      action('service.create', 'New service', '새 서비스'),
      action('application.create', 'New application', '새 애플리케이션'),
      action('account.create', 'New account', '새 계정'),
      action('accessToken.create', 'Add access token', '액세스 토큰 추가'),
      action('member.invite', 'Invite member', '멤버 초대'),
      separator,
      action('palette', 'Search or run a command', '검색 또는 명령 실행'),
      action('workspace.transfer', 'Import and export', '가져오기와 내보내기'),
      separator,
      action('workspace.lock', 'Lock', '잠그기'),
      separator,
      role('close', 'Close window', '창 닫기'),
      role('quit', 'Quit Latchkey', 'Latchkey 종료'),
    ],
  },
  {
    label: { en: '&Edit', ko: '편집(&E)' },
    lines: [
      role('undo', 'Undo', '실행 취소'),
      role('redo', 'Redo', '다시 실행'),
      action('undo', 'Undo the last change', '마지막 변경 실행 취소'),
      separator,
      role('cut', 'Cut', '잘라내기'),
      role('copy', 'Copy', '복사'),
      role('paste', 'Paste', '붙여넣기'),
      role('selectAll', 'Select all', '모두 선택'),
    ],
  },
  {
    label: { en: '&Go', ko: '이동(&G)' },
    lines: [
      action('go.overview', 'Overview', '개요'),
      separator,
      action('go.services', 'Services', '서비스'),
      action('go.applications', 'Applications', '애플리케이션'),
      action('go.accounts', 'Accounts', '계정'),
      action('test.open', 'Test credentials', '자격 증명 테스트'),
      separator,
      action('go.members', 'Members', '멤버'),
      action('go.audit', 'Audit', '감사 기록'),
      action('go.settings', 'Settings', '설정'),
      separator,
      action('go.profile', 'Profile', '프로필'),
      action('go.tokens', 'Tokens', '토큰'),
    ],
  },
  {
    label: { en: '&View', ko: '보기(&V)' },
    lines: [
      action('theme', 'Change the theme', '테마 바꾸기'),
      separator,
      role('resetZoom', 'Actual size', '실제 크기'),
      role('zoomIn', 'Zoom in', '확대'),
      role('zoomOut', 'Zoom out', '축소'),
      separator,
      role('togglefullscreen', 'Full screen', '전체 화면'),
    ],
  },
  {
    label: { en: '&Help', ko: '도움말(&H)' },
    lines: [action('keySheet', 'Keyboard shortcuts', '단축키'), role('about', 'About Latchkey', 'Latchkey 정보')],
  },
]
