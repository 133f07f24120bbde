/** The actions that are always there, the keys that run them, and the router as their way to go somewhere. */
import { useNavigate } from '@tanstack/react-router'
import i18next from 'i18next'
import { useEffect, useMemo, useRef } from 'react'
import {
  RhUiAddIcon,
  RhUiDarkModeIcon,
  RhUiLabIcon,
  RhUiLanguageIcon,
  RhUiLockIcon,
  RhUiPanelCloseIcon,
  RhUiQuestionMarkCircleIcon,
  RhUiSearchIcon,
  RhUiUndoIcon,
} from '../../components/icons.ts'
import { speak } from '../../i18n/index.ts'
import { newestUndoable, notify, undoNotice } from '../../state/notices.ts'
import { setView, themes, useView } from '../../state/view.ts'
import { listenToHost } from '../actions/host-requests.ts'
import { listenToKeys } from '../actions/keys.ts'
import { type Action, type ActionContext, useActions } from '../actions/registry.ts'
import { bridge, useStatus } from '../ask.ts'
import { useWhyNot } from '../person.ts'
import { navEntries, screenActions } from '../screens.ts'
import { useWorkspaceCommands } from './use-workspace-commands.tsx'

export function useActionContext(): ActionContext {
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  return useMemo(() => ({ whyNot, navigate: (to) => void navigate({ to }) }), [navigate, whyNot])
}

const goTo: readonly Action[] = navEntries.map((entry) => ({
  id: `go.${entry.id}`,
  group: 'goTo',
  titleKey: entry.titleKey,
  icon: entry.icon,
  ...(entry.keys !== undefined && { keys: entry.keys }),
  hidden: ({ whyNot }) => entry.needs !== undefined && whyNot(entry.needs) !== undefined,
  run: ({ navigate }) => navigate(entry.to),
}))

const view: readonly Action[] = [
  {
    id: 'palette',
    group: 'view',
    titleKey: 'frame.search',
    icon: RhUiSearchIcon,
    keys: 'Mod+k',
    keysOnly: true,
    run: () => setView(({ paletteOpen }) => ({ paletteOpen: !paletteOpen })),
  },
  {
    id: 'keySheet',
    group: 'view',
    titleKey: 'frame.keySheet',
    icon: RhUiQuestionMarkCircleIcon,
    keys: '?',
    run: () => setView({ keySheetOpen: true }),
  },
  {
    id: 'undo',
    group: 'view',
    titleKey: 'frame.undo',
    icon: RhUiUndoIcon,
    keys: 'Mod+z',
    words: 'undo take back 되돌리기 취소',
    reason: () => (newestUndoable() ? undefined : i18next.t('frame.nothingToUndo')),
    run: () => {
      const newest = newestUndoable()
      if (!newest) return
      undoNotice(newest.id)
      notify('note', i18next.t('frame.undoOf', { what: newest.text }))
    },
  },
  {
    id: 'rail',
    group: 'view',
    titleKey: 'frame.toggleRail',
    icon: RhUiPanelCloseIcon,
    keys: '[',
    run: () => setView(({ rail }) => ({ rail: !rail })),
  },
  {
    id: 'theme',
    group: 'view',
    titleKey: 'frame.nextTheme',
    icon: RhUiDarkModeIcon,
    words: 'dark light theme 어둡게 밝게 테마',
    run: () => setView(({ theme }) => ({ theme: themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system' })),
  },
  {
    id: 'language',
    group: 'view',
    titleKey: 'frame.otherLanguage',
    icon: RhUiLanguageIcon,
    words: 'language english korean 언어 한국어 영어',
    run: () => {
      const language = useView.getState().language === 'en' ? 'ko' : 'en'
      setView({ language })
      speak(language)
    },
  },
]

export function useFrameActions(): void {
  const commands = useWorkspaceCommands()
  const status = useStatus()
  const hasSample = status?.workspaces.some((workspace) => workspace.sample) ?? false
  const lockable = status?.current?.protection !== 'none'
  const actions = useMemo(
    (): readonly Action[] => [
      ...view,
      ...goTo,
      ...screenActions,
      {
        id: 'workspace.add',
        group: 'workspace',
        titleKey: 'frame.addWorkspace',
        icon: RhUiAddIcon,
        run: commands.leave,
      },
      {
        id: 'workspace.sample',
        group: 'workspace',
        titleKey: 'frame.openSample',
        icon: RhUiLabIcon,
        run: commands.openSample,
      },
      ...(hasSample
        ? [
            {
              id: 'workspace.deleteSample',
              group: 'workspace',
              titleKey: 'frame.deleteSample',
              icon: RhUiLabIcon,
              run: commands.deleteSample,
            } as const,
          ]
        : []),
      ...(lockable
        ? [
            {
              id: 'workspace.lock',
              group: 'workspace',
              titleKey: 'frame.lock',
              icon: RhUiLockIcon,
              run: commands.lock,
            } as const,
          ]
        : []),
    ],
    [commands, hasSample, lockable],
  )
  useActions(actions)

  const context = useActionContext()
  const latest = useRef(context)
  useEffect(() => {
    latest.current = context
  })
  useEffect(() => listenToKeys(() => latest.current), [])
  useEffect(() => listenToHost(bridge.onHostRequest, () => latest.current), [])
}
