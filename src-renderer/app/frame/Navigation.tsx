import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RhUiPanelCloseIcon, RhUiPanelOpenIcon } from '../../components/icons.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { setView, useView } from '../../state/view.ts'
import { useMay } from '../person.ts'
import { type NavEntry, type NavGroup, navGroups } from '../screen.ts'
import { navEntries } from '../screens.ts'

/** The entry whose address is the longest beginning of where we are. */
export function currentEntry(entries: readonly NavEntry[], path: string): NavEntry | undefined {
  return entries
    .filter(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))
    .toSorted((one, other) => other.to.length - one.to.length)[0]
}

/** Only what the person may use (M4); screens add their entries in their own folder. */
export function Navigation() {
  const { t } = useTranslation()
  const may = useMay()
  const rail = useView((view) => view.rail)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const entries = navEntries.filter(({ needs }) => needs === undefined || may(needs))
  const current = currentEntry(entries, path)
  const group = (name: NavGroup) => entries.filter((entry) => entry.group === name)
  return (
    <nav className="lk-nav" aria-label={t('frame.navigation')}>
      {navGroups
        .filter((name) => name !== 'foot' && group(name).length > 0)
        .map((name) => (
          <div key={name}>
            {name !== 'home' && <h2>{t(`frame.group.${name}`)}</h2>}
            <NavList entries={group(name)} current={current} />
          </div>
        ))}
      <div className="lk-nav-foot">
        <NavList entries={group('foot')} current={current} />
        <button
          type="button"
          className="lk-nav-item"
          aria-label={t(rail ? 'frame.expand' : 'frame.collapse')}
          title={t(rail ? 'frame.expand' : 'frame.collapse')}
          onClick={() => setView({ rail: !rail })}
        >
          {rail ? <RhUiPanelOpenIcon /> : <RhUiPanelCloseIcon />}
          <span>{t('frame.collapse')}</span>
          <Kbd keys="[" />
        </button>
      </div>
    </nav>
  )
}

function NavList({
  entries,
  current,
}: {
  readonly entries: readonly NavEntry[]
  readonly current: NavEntry | undefined
}) {
  const { t } = useTranslation()
  if (entries.length === 0) return null
  return (
    <ul>
      {entries.map((entry) => {
        const { icon: Icon, Count } = entry
        const title = t(entry.titleKey)
        return (
          <li key={entry.id}>
            <Link
              to={entry.to}
              className="lk-nav-item"
              aria-label={title}
              title={title}
              aria-current={entry === current ? 'page' : undefined}
              activeProps={{}}
            >
              <Icon />
              <span>{title}</span>
              {Count && <Count />}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
