import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  RhUiAutoLightDarkModeIcon,
  RhUiCaretDownIcon,
  RhUiDarkModeIcon,
  RhUiLanguageIcon,
  RhUiLightModeIcon,
  RhUiLockIcon,
  RhUiProfileIcon,
  RhUiQuestionMarkCircleIcon,
} from '../../components/icons.ts'
import { MenuButton, type MenuItem } from '../../components/Menu.tsx'
import { Avatar } from '../../components/small.tsx'
import { languages, speak } from '../../i18n/index.ts'
import { setView, themes, useView } from '../../state/view.ts'
import { useStatus } from '../ask.ts'
import { useWorkspaceCommands } from './use-workspace-commands.tsx'

const themeIcons = { system: RhUiAutoLightDarkModeIcon, light: RhUiLightModeIcon, dark: RhUiDarkModeIcon } as const

/** The choices of theme and language, as menu items; also used before a workspace is open. */
export function useThemeItems(): readonly MenuItem[] {
  const { t } = useTranslation()
  const theme = useView((view) => view.theme)
  return themes.map((id) => ({
    id,
    title: t(`common.theme.${id}`),
    icon: themeIcons[id],
    checked: theme === id,
    run: () => setView({ theme: id }),
  }))
}

export function useLanguageItems(): readonly MenuItem[] {
  const { i18n } = useTranslation()
  return Object.entries(languages).map(([id, title]) => ({
    id,
    title,
    checked: i18n.language === id,
    run: () => {
      const language = id as keyof typeof languages
      setView({ language })
      speak(language)
    },
  }))
}

export function AccountMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const status = useStatus()
  const commands = useWorkspaceCommands()
  const themeItems = useThemeItems()
  const languageItems = useLanguageItems()
  const person = status?.open?.person
  if (!person) return null
  const items: MenuItem[] = [
    {
      id: 'profile',
      title: t('frame.nav.profile'),
      detail: person.email,
      icon: RhUiProfileIcon,
      run: () => void navigate({ to: '/profile' }),
    },
    {
      id: 'keys',
      title: t('frame.keySheet'),
      icon: RhUiQuestionMarkCircleIcon,
      run: () => setView({ keySheetOpen: true }),
    },
    ...themeItems.map((item, index) => ({ ...item, divided: index === 0 })),
    ...languageItems.map((item, index) => ({ ...item, icon: RhUiLanguageIcon, divided: index === 0 })),
    ...(status?.current?.protection === 'none'
      ? []
      : [{ id: 'lock', title: t('frame.lock'), icon: RhUiLockIcon, divided: true, run: commands.lock }]),
  ]
  return (
    <MenuButton label={t('frame.account', { name: person.name })} items={items} end className="lk-plain">
      <Avatar name={person.name} />
      <span className="lk-ellipsis lk-account-name">{person.name}</span>
      <RhUiCaretDownIcon />
    </MenuButton>
  )
}
